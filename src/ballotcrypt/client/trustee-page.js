// @ts-check
/** The scrutineer's page: which round it is, what is asked of her now, whom the others wait for. */
import { button, copies, grouped, input, part, post, Refusal, ask, save, Steps, tell, Words, write } from "./dom.js";
import { parseElection } from "./election.js";
import * as trustee from "./trustee.js";

/** @typedef {{uuid: string, size: number, threshold: number, index: number, certs: (string | null)[], polynomials: (string | null)[], keys: (string | null)[], election: string | null, encrypted_tally: string | null, partials: Record<string, string>}} Transcript */

const PAUSE = 4000;
/** @param {readonly (string | null)[]} list @returns {list is string[]} */
const complete = (list) => list.length > 0 && list.every((one) => typeof one === "string");
/** @param {readonly (string | null)[]} list */
const given = (list) => list.filter((one) => typeof one === "string").length;

class TrusteePage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    this.steps = new Steps(root);
    this.seed = ""; // lives in this tab only
    this.fresh = "";
    this.busy = false;
    this.timer = 0;
    /** @type {Transcript | null} */
    this.transcript = null;
  }

  start() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act, type = "click") =>
      part(this.root, `[data-do="${name}"]`).addEventListener(type, (event) => {
        event.preventDefault();
        act();
      });
    on("make", () => this.make());
    on("kept", () => this.askBack());
    on("show-again", () => this.steps.show("seed"));
    on("confirm", () => this.confirm(), "submit");
    on("unlock", () => this.unlock(), "submit");
    on("print-seed", () => window.print());
    on("save-seed", () => save(`seed-${this.root.dataset.voteKey}.txt`, `${this.fresh}\n`));
    on("retry", () => this.look());
    copies(button(this.root, "[data-copy-seed]"), () => this.fresh);
    for (const file of this.root.querySelectorAll("[data-seed-file]")) {
      file.addEventListener("change", () => this.readFile(/** @type {HTMLInputElement} */ (file)));
    }
    window.addEventListener("beforeunload", (event) => {
      if (this.busy || this.fresh) event.preventDefault();
    });
    void this.look();
  }

  /** @param {HTMLInputElement} file */
  async readFile(file) {
    const text = await file.files?.[0]?.text();
    const field = file.closest("form")?.querySelector("[data-seed-input]");
    if (text && field instanceof HTMLInputElement) field.value = trustee.spellSeed(text);
  }

  /** Reads the transcript and does what is this trustee's next step, or says whom it waits for. */
  async look() {
    window.clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    try {
      this.transcript = /** @type {Transcript} */ (await ask(this.root.dataset.transcriptUrl ?? ""));
      this.progress(this.transcript);
      await this.next(this.transcript);
      tell(part(this.root, "[data-offline]"), "");
    } catch (reason) {
      this.failed(reason);
    } finally {
      this.busy = false;
    }
  }

  /** @param {unknown} reason */
  failed(reason) {
    const { code } = /** @type {any} */ (reason);
    if (reason instanceof Refusal || code) {
      if (code === "trustee_unknown") this.seed = "";
      write(this.root, "[data-fault]", reason instanceof Refusal ? reason.message : this.words.fault(reason));
      this.steps.show("fault");
      return;
    }
    tell(part(this.root, "[data-offline]"), this.words.say("offline"));
    this.later();
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(), PAUSE);
  }

  /** @param {Transcript} t */
  progress(t) {
    const counts = { certs: given(t.certs), polynomials: given(t.polynomials), keys: given(t.keys), partials: Object.keys(t.partials).length };
    for (const [name, count] of Object.entries(counts)) {
      const all = name === "partials" ? t.threshold : t.size;
      write(this.root, `[data-round="${name}"]`, this.words.say("given", { n: count, all }));
    }
  }

  /** @param {Transcript} t */
  async next(t) {
    const at = t.index - 1;
    const mine = (/** @type {(string | null)[]} */ list) => typeof list[at] === "string";
    if (!mine(t.certs)) return this.fresh ? undefined : this.steps.show("start", this.steps.now === "");
    if (!mine(t.polynomials)) return complete(t.certs) ? this.round("polynomial") : this.wait("certs");
    if (!mine(t.keys)) return complete(t.polynomials) ? this.round("key") : this.wait("polynomials");
    if (!complete(t.keys)) return this.wait("keys");
    if (t.encrypted_tally === null || t.election === null) return this.wait("votes");
    if (!(String(t.index) in t.partials)) return this.round("partial");
    this.steps.show(Object.keys(t.partials).length >= t.threshold ? "finished" : "decrypted");
    if (this.steps.now === "decrypted") this.later();
  }

  /** @param {"certs" | "polynomials" | "keys" | "votes"} what */
  wait(what) {
    write(this.root, "[data-waiting-for]", this.words.say(`wait.${what}`));
    part(this.root, "[data-may-leave]").hidden = what !== "votes" && !this.seed;
    this.steps.show("wait", this.steps.now !== "");
    this.later();
  }

  /** A step that needs the seed. @param {"polynomial" | "key" | "partial"} what */
  async round(what) {
    if (!this.seed) {
      write(this.root, "[data-unlock-why]", this.words.say(`unlock.${what}`));
      this.steps.show("unlock");
      return;
    }
    write(this.root, "[data-working]", this.words.say(`work.${what}`));
    this.steps.show("working", true);
    const message = await this.message(what);
    await this.send(what, message);
  }

  /** @param {"polynomial" | "key" | "partial"} what @returns {Promise<string>} */
  async message(what) {
    const t = /** @type {Transcript} */ (this.transcript);
    const certs = /** @type {string[]} */ (t.certs);
    if (what === "polynomial") return trustee.polynomial(this.seed, t.index, t, certs);
    const all = { size: t.size, threshold: t.threshold, certs, polynomials: /** @type {string[]} */ (t.polynomials) };
    if (what === "key") return trustee.verificationKey(this.seed, t.index, all);
    const election = await parseElection(t.election ?? "");
    const bar = /** @type {HTMLProgressElement} */ (part(this.root, "[data-work-progress]"));
    bar.hidden = false;
    return trustee.partialDecryption(this.seed, t.index, all, election, t.encrypted_tally ?? "", (done, count) => {
      bar.max = count;
      bar.value = done;
      return new Promise((resolve) => window.setTimeout(resolve));
    });
  }

  /** @param {string} what @param {string} message */
  async send(what, message) {
    await post(this.root, `${this.root.dataset.trusteeUrl}${what}/`, message);
    window.setTimeout(() => this.look());
  }

  make() {
    this.fresh = trustee.newSeed();
    part(this.root, "[data-seed]").textContent = grouped(this.fresh);
    this.steps.show("seed");
  }

  askBack() {
    input(this.root, "[data-do=confirm] [data-seed-input]").value = "";
    this.steps.show("confirm");
  }

  /** Only who has it on paper goes on. */
  async confirm() {
    const field = input(this.root, "[data-do=confirm] [data-seed-input]");
    const right = trustee.spellSeed(field.value) === this.fresh;
    tell(part(this.root, "[data-confirm-error]"), right ? "" : this.words.say("seed_differs"));
    if (!right) return field.focus();
    window.clearTimeout(this.timer);
    const t = this.transcript;
    if (!t || this.busy) return;
    this.busy = true;
    this.seed = this.fresh;
    part(this.root, "[data-seed]").textContent = "";
    write(this.root, "[data-working]", this.words.say("work.cert"));
    this.steps.show("working", true);
    try {
      await this.send("cert", await trustee.certificate(this.seed, t.index, t));
      this.fresh = "";
      field.value = "";
    } catch (reason) {
      this.steps.show("confirm");
      if (reason instanceof Refusal) this.failed(reason);
      else tell(part(this.root, "[data-confirm-error]"), this.words.say("offline"));
    } finally {
      this.busy = false;
    }
  }

  /** The seed typed again on another day, or after the page was left. */
  async unlock() {
    const field = input(this.root, "[data-do=unlock] [data-seed-input]");
    const seed = trustee.spellSeed(field.value);
    const well = trustee.seedWellFormed(seed);
    tell(part(this.root, "[data-unlock-error]"), well ? "" : this.words.say("seed_wrong"));
    if (!well) return field.focus();
    this.seed = seed;
    field.value = "";
    await this.look();
  }
}

const root = document.querySelector("[data-vote-trustee]");
if (root instanceof HTMLElement) new TrusteePage(root).start();
