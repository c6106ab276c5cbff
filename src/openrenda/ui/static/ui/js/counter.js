// @ts-check
/** Says how many characters are left while one writes; the server counts again. Counts as it does: code points. */

/** @param {HTMLElement} box */
export function mount(box) {
  const area = box.querySelector("textarea");
  const words = /** @type {HTMLElement | null} */ (box.querySelector(".field-count"));
  if (!area || !words) return;
  const most = Number(area.dataset.most);
  const show = () => {
    const left = most - [...area.value.replace(/\r\n/g, "\n")].length;
    const sentence = left < 0 ? words.dataset.over : words.dataset.left;
    words.textContent = (sentence ?? "").replace("{n}", String(Math.abs(left)));
    words.classList.toggle("is-over", left < 0);
  };
  area.addEventListener("input", show);
  area.form?.addEventListener("reset", () => setTimeout(show));
  show();
}
