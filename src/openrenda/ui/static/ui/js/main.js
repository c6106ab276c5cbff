// @ts-check
/** Binds each behaviour to its data- attribute, now and in what htmx brings later. Pages work without any of it. */
import { mount as mountBulk } from "./bulk.js";
import { mount as mountCopy } from "./copy.js";
import { mount as mountCounter } from "./counter.js";
import { forget, mount as mountDraft } from "./draft.js";
import { listen as listenHtmx } from "./fragments.js";
import { mount as mountHints } from "./hints.js";
import { listen as listenKeys } from "./keyboard.js";
import { mount as mountOnce } from "./once.js";
import { mount as mountPreview } from "./preview.js";
import { mount as mountPrint } from "./print.js";
import { mount as mountToasts } from "./toasts.js";

/** @type {Record<string, (element: HTMLElement) => void>} */
const BEHAVIOURS = {
  "[data-bulk]": mountBulk,
  "[data-copy]": mountCopy,
  "[data-counter]": mountCounter,
  "[data-draft]": mountDraft,
  "[data-draft-done]": forget,
  "[data-hints]": mountHints,
  "[data-once]": mountOnce,
  "[data-preview]": mountPreview,
  "[data-print]": mountPrint,
  ".toasts": mountToasts,
  "[data-focus]": (element) => element.focus(),
};
/** @type {WeakMap<Element, Set<string>>} */
const bound = new WeakMap();

/** @param {Document | HTMLElement} root */
function mountAll(root) {
  for (const [selector, mount] of Object.entries(BEHAVIOURS)) {
    const found = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      const done = bound.get(element) ?? new Set();
      if (done.has(selector)) continue;
      bound.set(element, done.add(selector));
      mount(element);
    }
  }
}

mountAll(document);
listenHtmx(mountAll);
listenKeys();
document.documentElement.classList.add("has-script");
