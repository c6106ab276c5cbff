// @ts-check
/** What the pages share: their parts by data- attributes, the words the template brings, requests whose failure is told. */

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function part(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLInputElement} */
export const input = (root, selector) => /** @type {HTMLInputElement} */ (part(root, selector));

/** @param {ParentNode} root @param {string} selector @returns {HTMLButtonElement} */
export const button = (root, selector) => /** @type {HTMLButtonElement} */ (part(root, selector));

/** A copy of a <template>'s first element. @param {ParentNode} root @param {string} name @returns {HTMLElement} */
export function stamp(root, name) {
  const template = part(root, `template[data-stamp="${name}"]`);
  const copy = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`the template ${name} is empty`);
  return copy;
}

/** @param {ParentNode} root @param {string} selector @param {string | number} text */
export const write = (root, selector, text) => void (part(root, selector).textContent = String(text));

/** The sentences that the page may say, written in the template so that they are translated there. */
export class Words {
  /** @param {HTMLElement} root */
  constructor(root) {
    const template = /** @type {HTMLTemplateElement} */ (part(root, "template[data-words]"));
    this.known = new Map(Array.from(template.content.querySelectorAll("[data-word]"), (one) => {
      return [/** @type {HTMLElement} */ (one).dataset.word, one.textContent?.trim() ?? ""];
    }));
  }

  /** @param {string} name @param {Record<string, string | number>} [values] @returns {string} */
  say(name, values = {}) {
    const sentence = this.known.get(name) ?? this.known.get("unknown") ?? name;
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  }

  /** A fault, by its name. @param {unknown} reason @returns {string} */
  fault(reason) {
    const { code, detail, message } = /** @type {any} */ (reason ?? {});
    const name = code && this.known.has(`fault.${code}`) ? `fault.${code}` : "fault";
    return this.say(name, { code: code ?? "", detail: detail || message || "" });
  }
}

/** Shows one step of several and puts the reader at its head. */
export class Steps {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-step]")]);
    this.now = "";
  }

  /** @param {string} name @param {boolean} [quietly] leaves the focus where it is */
  show(name, quietly = false) {
    if (this.now === name) return;
    this.now = name;
    for (const step of this.all) step.hidden = step.dataset.step !== name;
    const shown = this.all.find((step) => step.dataset.step === name);
    const heading = shown?.querySelector("h1, h2");
    if (quietly || !(heading instanceof HTMLElement)) return;
    heading.tabIndex = -1;
    heading.focus();
    shown?.scrollIntoView({ block: "start" });
  }
}

/** A message in place; without text it goes away. @param {HTMLElement} place @param {string} text */
export function tell(place, text) {
  place.hidden = !text;
  const words = place.querySelector("[data-text]") ?? place;
  if (words.textContent !== text) words.textContent = text;
}

/** Lets the browser draw before the next piece of work. @returns {Promise<void>} */
export const breathe = () => new Promise((resolve) => window.setTimeout(resolve));

/** Does pieces of work while nothing else is to do, until one says it was the last. @param {() => boolean} piece */
export function whenIdle(piece) {
  const later = window.requestIdleCallback ?? ((work) => window.setTimeout(() => work({ timeRemaining: () => 8, didTimeout: false }), 30));
  later((deadline) => {
    let last = false;
    while (!last && deadline.timeRemaining() > 3) last = piece();
    if (!last) whenIdle(piece);
  });
}

/** @typedef {{status: number, body: any}} Answer */

/** The server said no, in its own words. */
export class Refusal extends Error {
  /** @param {Answer} answer */
  constructor({ status, body }) {
    super([body?.message, body?.remedy].filter(Boolean).join(" ") || String(status));
    this.status = status;
    this.code = String(body?.code ?? "");
    this.body = body ?? {};
  }
}

const PATIENCE = 20_000;

/**
 * The answer's JSON; a refusal (4xx) is thrown as such. Whatever else goes wrong, a dead network or a server in trouble, is
 * an ordinary error: try again.
 * @param {string} url @param {RequestInit} [how] @returns {Promise<any>}
 */
export async function ask(url, how = {}) {
  const response = await fetch(url, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE), ...how });
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  if (response.status >= 400 && response.status < 500 && response.status !== 429) throw new Refusal({ status: response.status, body });
  throw new Error(`${response.status} ${url}`);
}

/** @param {string} url @returns {Promise<Uint8Array>} */
export async function download(url) {
  const response = await fetch(url, { cache: "no-store", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {HTMLElement} root with the token's hidden field @param {string} url @param {string} body JSON @returns {Promise<any>} */
export function post(root, url, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": input(root, "input[name=csrfmiddlewaretoken]").value };
  return ask(url, { method: "POST", headers, body });
}

/** In groups that can be read aloud and compared. @param {string} text @param {number} [size] @returns {string} */
export const grouped = (text, size = 4) => (text.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(" ");

/** Copies, and says so on the button. @param {HTMLButtonElement} at @param {() => string} text */
export function copies(at, text) {
  if (!navigator.clipboard) return;
  at.hidden = false;
  const label = at.textContent;
  at.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    at.textContent = at.dataset.copied ?? label;
    window.setTimeout(() => (at.textContent = label), 2000);
  });
}

/** Offers a text as a file. @param {string} name @param {string} text */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
