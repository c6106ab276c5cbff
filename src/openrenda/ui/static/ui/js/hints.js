// @ts-check
/** What appears below a search box: arrow keys lead into it and back, Escape and leaving put it away. */

/** @param {HTMLElement} form */
export function mount(form) {
  const box = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=search]"));
  const place = /** @type {HTMLElement | null} */ (form.querySelector(".hints"));
  const said = form.querySelector("[role=status]");
  if (!box || !place || !said) return;
  let dismissed = false; // by Escape, until other words are typed

  /** @returns {HTMLElement[]} */
  const links = () => [...place.querySelectorAll("a")];

  const put = () => {
    const shown = !dismissed && links().length > 0 && form.contains(document.activeElement);
    place.hidden = !shown;
    said.textContent = shown ? (form.dataset.said ?? "").replace("{n}", String(links().length)) : "";
  };

  const away = () => {
    place.hidden = true;
    said.textContent = "";
  };

  /** @param {number} step */
  const move = (step) => {
    const all = [box, ...links()];
    const next = all.findIndex((one) => one === document.activeElement) + step;
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
  };

  place.addEventListener("htmx:afterSwap", () => {
    dismissed = false;
    put();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !place.hidden) {
      event.preventDefault();
      dismissed = true;
      away();
      box.focus();
    } else if (!event.isComposing && !place.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) away();
  });
  box.addEventListener("focus", put);
}
