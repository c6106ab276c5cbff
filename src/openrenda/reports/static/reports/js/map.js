// @ts-check
/** The map that moves, drawn from the list on the page: each mark is a row there. Without it the still drawing does. */

const L = /** @type {any} */ (globalThis).L;
const figure = /** @type {HTMLElement | null} */ (document.querySelector("[data-map]"));
if (L && figure) mount(figure);

/** @param {HTMLElement} figure */
function mount(figure) {
  const box = /** @type {HTMLElement} */ (figure.querySelector("[data-live]"));
  const coarse = matchMedia("(pointer: coarse)").matches;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-place][data-lng]")]);
  const outlines = JSON.parse(figure.querySelector("[data-outlines]")?.textContent || "[]");
  if (!rows.length && !outlines.length) return;
  figure.classList.add("is-live");
  // One finger and the wheel belong to the page; two fingers, the buttons and the keyboard to the map.
  const map = L.map(box, {
    scrollWheelZoom: false, dragging: !coarse, attributionControl: false, zoomControl: false, zoomSnap: 0.25,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  map.createPane("names");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", figure.dataset.name || "");
  L.control.zoom({ zoomInTitle: figure.dataset.zoomIn, zoomOutTitle: figure.dataset.zoomOut }).addTo(map);
  if (figure.dataset.tiles) L.tileLayer(figure.dataset.tiles, { maxZoom: 18 }).addTo(map);
  const drawn = draw(map, outlines, Boolean(figure.dataset.tiles));
  const marks = new Map(rows.map((row) => [row, place(map, row)]));
  const all = L.featureGroup([...drawn, ...marks.values()]).getBounds();
  const few = L.featureGroup([...marks.values()]).getBounds();
  const narrowed = document.querySelectorAll("[data-street]").length === 1 && few.isValid();
  map.fitBounds(narrowed ? few.pad(0.3) : all, { padding: [8, 8], animate: false });
  map.setMaxBounds(all.pad(0.4));
  const base = map.getBoundsZoom(all);
  map.setMinZoom(Math.min(map.getZoom(), base) - 0.5);
  const far = () => box.classList.toggle("is-far", map.getZoom() < base + 0.75);
  map.on("zoomend", far);
  far();
  bind(map, marks);
  map.on("popupopen", (/** @type {any} */ event) => {
    event.popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", figure.dataset.close || "");
  });
  if (coarse) figure.querySelector("figcaption")?.before(dragSwitch(map, figure.dataset.drag || ""));
}

/** Streets take their colour from their row in the list. @param {any} map @param {any[]} outlines @param {boolean} bare over a background of tiles */
function draw(map, outlines, bare) {
  return outlines.map((feature) => {
    const { kind, name, id } = feature.properties;
    const weight = document.querySelector(`[data-street="${id}"]`)?.getAttribute("data-weight") || "0";
    const className = kind === "street" ? `atlas-ground is-${weight}` : `atlas-line is-${kind}`;
    const layer = L.geoJSON(feature, {
      interactive: kind === "street",
      style: { className, fillOpacity: bare ? 0.25 : 1, opacity: bare && kind !== "street" ? 0 : 1 },
    }).addTo(map);
    if (kind === "street") layer.on("click", () => openStreet(id));
    const line = kind === "street" ? null : feature.geometry.coordinates;
    const at = line ? L.latLng(line[Math.floor(line.length / 3)][1], line[Math.floor(line.length / 3)][0]) : layer.getBounds().getCenter();
    const icon = L.divIcon({ className: `atlas-name is-${kind}`, html: text(name), iconSize: [120, 20] });
    if (!(bare && line)) L.marker(at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(map);
    return layer;
  });
}

/** A name, its 街道 apart: on a phone there is no room for it. @param {string} words */
function text(words) {
  const span = document.createElement("span");
  const short = words.replace(/街道$/, "");
  const rest = document.createElement("span");
  rest.className = "atlas-suffix";
  rest.textContent = words.slice(short.length);
  span.append(short, rest);
  return span;
}

/** @param {any} map @param {HTMLElement} row */
function place(map, row) {
  const sign = /** @type {Node} */ (row.querySelector(".place-mark")).cloneNode(true);
  const icon = L.divIcon({ className: "atlas-mark", html: sign, iconSize: [18, 18], popupAnchor: [0, -6] });
  const at = [Number(row.dataset.lat), Number(row.dataset.lng)];
  // The list is the way in for keyboards and screen readers: three hundred stops here would be in their way.
  const mark = L.marker(at, { icon, keyboard: false, zIndexOffset: row.dataset.place === "station" ? 0 : 500 });
  const said = document.createElement("div");
  for (const part of [".atlas-title", ".atlas-meta"]) said.append(/** @type {Node} */ (row.querySelector(part)).cloneNode(true));
  mark.bindPopup(said, { maxWidth: 240, autoPan: true });
  return mark.addTo(map);
}

/** Row and mark light each other. @param {any} map @param {Map<HTMLElement, any>} marks */
function bind(map, marks) {
  const light = (/** @type {HTMLElement} */ row, /** @type {boolean} */ on) => {
    row.classList.toggle("is-lit", on);
    marks.get(row).getElement()?.classList.toggle("is-lit", on);
  };
  for (const [row, mark] of marks) {
    mark.on("popupopen", () => {
      light(row, true);
      const section = row.closest("details");
      if (section) section.open = true;
      if (matchMedia("(min-width: 60em)").matches) row.scrollIntoView({ block: "nearest" });
    });
    mark.on("popupclose", () => light(row, false));
    row.addEventListener("mouseenter", () => light(row, true));
    row.addEventListener("mouseleave", () => light(row, mark.isPopupOpen()));
    row.addEventListener("focusin", () => { light(row, true); map.panInside(mark.getLatLng(), { padding: [30, 30] }); });
    row.addEventListener("focusout", () => light(row, mark.isPopupOpen()));
    row.querySelector(".place-mark")?.addEventListener("click", () => { map.panInside(mark.getLatLng(), { padding: [60, 60] }); mark.openPopup(); });
  }
}

/** @param {number} id */
function openStreet(id) {
  const section = /** @type {HTMLDetailsElement | null} */ (document.getElementById(`street-${id}`));
  if (!section) return;
  section.open = true;
  if (matchMedia("(min-width: 60em)").matches) section.scrollIntoView({ block: "nearest" });
}

/** One finger moves the page until the reader says otherwise. @param {any} map @param {string} label */
function dragSwitch(map, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-plain atlas-drag";
  button.textContent = label;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    if (on) map.dragging.enable(); else map.dragging.disable();
  });
  return button;
}
