// @ts-check
/** Messages about what was just done stay ten seconds, and while one points at or stands in them. @param {HTMLElement} region */
export function mount(region) {
  const toasts = /** @type {HTMLElement[]} */ ([...region.children]);
  for (const toast of toasts) {
    let timer = window.setTimeout(() => toast.remove(), 10_000);
    toast.addEventListener("pointerenter", () => window.clearTimeout(timer));
    toast.addEventListener("pointerleave", () => (timer = window.setTimeout(() => toast.remove(), 3_000)));
    toast.addEventListener("click", () => toast.remove());
  }
}
