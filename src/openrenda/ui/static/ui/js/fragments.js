// @ts-check
/** htmx: the CSRF token of the page goes along, and behaviours are bound in what arrives. */

/** @param {(root: HTMLElement) => void} mountAll */
export function listen(mountAll) {
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, headers } = /** @type {CustomEvent} */ (event).detail;
    const token = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
    if (verb !== "get" && token) headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:load", (event) => {
    mountAll(/** @type {CustomEvent<{elt: HTMLElement}>} */ (event).detail.elt);
  });
  // No connection or a fault of ours: send the form the plain way, so that the browser says what happened.
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => {
      const element = /** @type {CustomEvent<{elt: HTMLElement}>} */ (event).detail.elt;
      if (element instanceof HTMLFormElement && element.method === "get") element.submit();
    });
  }
}
