// @ts-check
/** A button that prints; hidden where there is no script to do it. @param {HTMLElement} button */
export function mount(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
