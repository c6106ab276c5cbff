// @ts-check
/** Shows chosen photos before they are sent, and says which are too many. */

/** @param {HTMLElement} box */
export function mount(box) {
  const input = /** @type {HTMLInputElement | null} */ (box.querySelector("input[type=file]"));
  const list = /** @type {HTMLElement | null} */ (box.querySelector(".previews"));
  if (!input || !list) return;
  input.addEventListener("change", () => show(input, list));
  input.form?.addEventListener("reset", () => window.setTimeout(() => show(input, list)));
}

/** @param {HTMLInputElement} input @param {HTMLElement} list */
function show(input, list) {
  const files = [...(input.files ?? [])];
  const most = Number(input.dataset.most || Infinity);
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren(...files.slice(0, most).map(picture));
  if (files.length > most) {
    const note = document.createElement("li");
    note.className = "is-too-many";
    note.textContent = (list.dataset.tooMany ?? "").replace("{n}", String(most));
    list.prepend(note);
  }
  list.hidden = files.length === 0;
}

/** @param {File} file */
function picture(file) {
  const item = document.createElement("li");
  if (file.type.startsWith("image/")) {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = "";
    item.append(image);
  }
  item.append(document.createTextNode(file.name));
  return item;
}
