// @ts-check
/** A form is sent once: its buttons rest until the answer comes. The server refuses doubles in any case. */

/** @param {HTMLElement} element */
export function mount(element) {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    // After the browser has read the form: a disabled button would not send its own value.
    window.setTimeout(() => rest(form, true));
  });
  const restore = () => {
    sent = false;
    rest(form, false);
  };
  window.addEventListener("pageshow", restore); // back by the browser's button
  form.addEventListener("htmx:afterRequest", restore);
}

/** @param {HTMLFormElement} form @param {boolean} resting */
function rest(form, resting) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("button[type=submit]"))) {
    button.disabled = resting;
    button.classList.toggle("is-busy", resting);
  }
  form.setAttribute("aria-busy", String(resting));
}
