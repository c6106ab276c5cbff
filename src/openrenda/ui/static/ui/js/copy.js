// @ts-check
/** Copies a number or code. The button appears only where the browser can do it. */

/** @param {HTMLElement} box */
export function mount(box) {
  const button = box.querySelector("button");
  const text = box.querySelector(".copy-text")?.textContent ?? "";
  if (!button || !navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied ?? label;
    window.setTimeout(() => (button.textContent = label), 2000);
  });
}
