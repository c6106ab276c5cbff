// @ts-check
/** Workbench keys: `/` search, `j` and `k` rows, Enter opens, `?` help. Silent while one writes. */

/** @type {HTMLElement | null} */
let at = null;

/** @returns {HTMLAnchorElement[]} */
function rows() {
  return /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-rows] a[data-row]")]);
}

/** @param {number} step */
function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((link) => link === document.activeElement || link === at);
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)] ?? all[0];
  at = next;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function toggleHelp() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-keys]"));
  if (dialog?.open) dialog.close();
  else dialog?.showModal();
}

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": () => /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"))?.focus(),
  j: () => move(1),
  k: () => move(-1),
  "?": toggleHelp,
};

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function listen() {
  if (!document.querySelector("dialog[data-keys]")) return;
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    event.preventDefault();
    action();
  });
}
