// @ts-check
/** Counts the chosen rows and offers to choose all of this page. @param {HTMLElement} form */
export function mount(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(".is-check input[type=checkbox]")]);
  const words = /** @type {HTMLElement | null} */ (form.querySelector(".bulk-count"));
  const all = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-all]"));
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (words) words.textContent = (words.dataset.words ?? "").replace("{n}", String(count));
  };
  form.addEventListener("change", show);
  if (all && boxes.length) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const target = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = target;
      show();
    });
  }
  show();
}
