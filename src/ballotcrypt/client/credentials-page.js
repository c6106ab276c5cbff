// @ts-check
/** The secretariat's page: slips are made and printed here; only their public parts leave this browser. */
import { derive, makeCredential } from "./credential.js";
import { breathe, button, input, part, post, Refusal, stamp, Steps, tell, Words, write } from "./dom.js";
import { encode } from "./vendor/uqr.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} text @returns {SVGSVGElement} */
export function qrCode(text) {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join(""));
  svg.append(path);
  return svg;
}

class CredentialsPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    this.steps = new Steps(root);
    /** @type {string[]} */
    this.publics = [];
    this.unsent = false;
  }

  start() {
    part(this.root, "[data-do=generate]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.generate();
    });
    part(this.root, "[data-do=print]").addEventListener("click", () => window.print());
    part(this.root, "[data-do=submit]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    window.addEventListener("beforeunload", (event) => this.unsent && event.preventDefault());
    this.steps.show("start", true);
  }

  async generate() {
    const field = input(this.root, "[data-count]");
    const count = field.valueAsNumber;
    const well = Number.isInteger(count) && count >= 1 && count <= Number(field.max);
    tell(part(this.root, "[data-count-error]"), well ? "" : this.words.say("count_wrong", { max: field.max }));
    if (!well) return field.focus();
    this.steps.show("making");
    this.unsent = true;
    const bar = /** @type {HTMLProgressElement} */ (part(this.root, "[data-progress]"));
    bar.max = count;
    const sheet = part(this.root, "[data-slips]");
    const found = new Set();
    while (found.size < count) {
      const { text, public: key } = await derive(this.root.dataset.uuid ?? "", makeCredential());
      if (found.has(key)) continue;
      found.add(key);
      sheet.append(this.slip(text));
      bar.value = found.size;
      await breathe();
    }
    // By value, so that the list says nothing of the order of the slips.
    this.publics = [...found].sort((a, b) => (a < b ? -1 : 1)).map(String);
    write(this.root, "[data-made]", this.words.say("made", { n: count }));
    this.steps.show("print");
  }

  /** @param {string} credential @returns {HTMLElement} */
  slip(credential) {
    const slip = stamp(this.root, "slip");
    part(slip, "[data-qr]").append(qrCode(`${new URL(this.root.dataset.voteUrl ?? "", window.location.href)}#${credential}`));
    write(slip, "[data-credential]", credential);
    return slip;
  }

  async submit() {
    const sure = input(this.root, "[data-printed]");
    const place = part(this.root, "[data-submit-error]");
    tell(place, sure.checked ? "" : this.words.say("print_first"));
    if (!sure.checked) return sure.focus();
    const send = button(this.root, "[data-send]");
    send.disabled = true;
    try {
      await post(this.root, this.root.dataset.credentialsUrl ?? "", JSON.stringify(this.publics));
      this.unsent = false;
      part(this.root, "[data-slips]").replaceChildren();
      this.steps.show("done");
    } catch (reason) {
      tell(place, reason instanceof Refusal ? reason.message : this.words.say("offline"));
    } finally {
      send.disabled = false;
    }
  }
}

const root = document.querySelector("[data-vote-credentials]");
if (root instanceof HTMLElement) new CredentialsPage(root).start();
