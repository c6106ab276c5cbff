// @ts-check
/**
 * Keeps what was typed in this browser until the form is taken: through a lost network, a sign-in, a closed tab.
 * Never kept: passwords, files, hidden fields. What the server sends back filled in wins over the draft.
 */

const PREFIX = "openrenda.draft.";
const KEPT_DAYS = 7;
const DAY = 86_400_000;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {{at: number, values: Record<string, string[]>}} Draft */
/** @param {HTMLElement} element */
export function mount(element) {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const key = PREFIX + form.dataset.draft;
  const refused = form.querySelector("[aria-invalid]") !== null;
  const draft = read(key);
  if (draft && !refused && restore(form, draft)) announce(form, key);
  let timer = 0;
  const save = () => {
    window.clearTimeout(timer);
    timer = 0;
    write(key, form);
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, 400);
  });
  form.addEventListener("submit", save);
  form.addEventListener("reset", () => window.clearTimeout(timer));
  window.addEventListener("pagehide", () => timer && save());
}

/** The page after the form: it was taken. @param {HTMLElement} element */
export const forget = (element) => drop(PREFIX + element.dataset.draftDone);

/** @param {HTMLFormElement} form @returns {Field[]} */
function fields(form) {
  const skipped = ["password", "file", "hidden", "submit", "button", "reset"];
  return /** @type {Field[]} */ ([...form.elements]).filter((field) => field.name && !skipped.includes(field.type));
}

/** @param {Field} field @returns {field is HTMLInputElement} */
const isTick = (field) => field.type === "checkbox" || field.type === "radio";

/** @param {string} key @param {HTMLFormElement} form */
function write(key, form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const field of fields(form)) {
    const list = (values[field.name] ??= []);
    if (!isTick(field) || field.checked) list.push(field.value);
  }
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // Storage is full or forbidden: the form still works, it is only not kept.
  }
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    if (draft && Date.now() - draft.at < KEPT_DAYS * DAY) return draft;
  } catch {
    // Unreadable or forbidden: as if there were none.
  }
  drop(key);
  return null;
}

/** @param {string} key */
function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Forbidden storage holds nothing to drop.
  }
}

/** @param {HTMLFormElement} form @param {Draft} draft @returns {boolean} did anything change? */
function restore(form, draft) {
  let changed = false;
  for (const field of fields(form)) {
    const kept = draft.values[field.name];
    if (!kept) continue;
    if (isTick(field)) {
      changed ||= field.checked !== kept.includes(field.value);
      field.checked = kept.includes(field.value);
    } else if (!field.value && kept[0]) {
      field.value = kept[0];
      changed = true;
    }
  }
  if (changed) form.dispatchEvent(new Event("input", { bubbles: true }));
  return changed;
}

/** @param {HTMLFormElement} form @param {string} key */
function announce(form, key) {
  const note = document.createElement("div");
  note.className = "draft-kept";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = form.dataset.draftKept ?? "";
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "button is-quiet";
  clear.textContent = form.dataset.draftClear ?? "";
  clear.addEventListener("click", () => {
    form.reset();
    drop(key);
    note.remove();
  });
  note.append(words, clear);
  form.prepend(note);
}
