// @ts-check
/** The voter's page: marks, sealing on this device, opening a sealed ballot for a look, casting, finding it on the board. */
import { encrypt, open } from "./ballot.js";
import { Paper, review } from "./choices.js";
import { derive, spell, wellFormed } from "./credential.js";
import { ask, breathe, button, copies, download, grouped, input, part, Refusal, save, Steps, tell, whenIdle, Words, write } from "./dom.js";
import { parseElection } from "./election.js";
import { generator } from "./group.js";
import { hexHash } from "./hash.js";
import { BallotStore } from "./kept.js";

/** @typedef {import("./ballot.js").Ballot} Ballot */
/** @typedef {{raw: string, tracker: string, trackerHex: string}} Sealed */

const WAITS = [0, 1500, 4000];
const decoder = new TextDecoder();
/** No cookie goes with a ballot or a question about one: who is signed in on this device is not to be learnt from it. */
const NAMELESS = /** @type {const} */ ({ credentials: "omit" });

class CastPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    this.steps = new Steps(root);
    this.store = new BallotStore(root.dataset.voteKey ?? "");
    /** @type {import("./election.js").Election | null} */
    this.election = null;
    /** @type {Paper | null} */
    this.paper = null;
    /** @type {import("./credential.js").Credential | null} */
    this.credential = null;
    /** @type {Ballot | null} */
    this.ballot = null;
    /** @type {Sealed | null} what was sent, or is to be sent again */
    this.sealed = null;
    this.sealing = 0;
    this.sending = false;
  }

  async start() {
    this.bind();
    const fragment = window.location.hash.slice(1);
    if (fragment) window.history.replaceState(null, "", window.location.pathname + window.location.search);
    const kept = this.store.read();
    if (kept?.state === "cast" && !fragment) return this.done(kept);
    if (kept?.state === "sent") {
      this.sealed = kept;
      return this.deliver();
    }
    this.steps.show("loading", true);
    try {
      this.election = await parseElection(decoder.decode(await download(this.root.dataset.electionUrl ?? "")));
    } catch (reason) {
      return this.stop(this.words.fault(reason));
    }
    write(this.root, "[data-fingerprint]", grouped(await hexHash(this.election.raw)));
    this.paper = new Paper(this.root, this.election, this.words);
    const { key } = this.election;
    whenIdle(() => generator.warm() && key.warm());
    this.steps.show("enter", true);
    if (fragment) await this.enter(fragment);
  }

  bind() {
    const on = (/** @type {string} */ name, /** @type {(event: Event) => void} */ act, type = "click") =>
      part(this.root, `[data-do="${name}"]`).addEventListener(type, (event) => {
        event.preventDefault();
        act(event);
      });
    on("enter", () => this.enter(input(this.root, "[data-credential]").value), "submit");
    on("review", () => this.review(), "submit");
    on("change", () => this.back());
    on("cast", () => this.cast());
    on("audit", () => this.audit());
    on("reseal", () => this.review());
    on("save-audit", () => this.saveAudit());
    on("again", () => this.deliver());
    on("find", () => this.find());
    on("next", () => this.next());
    copies(button(this.root, "[data-copy-tracker]"), () => this.sealed?.tracker ?? "");
    // Another slip scanned into this tab: the address changes, the page does not.
    window.addEventListener("hashchange", () => window.location.hash.length > 1 && window.location.reload());
    window.addEventListener("online", () => this.steps.now === "lost" && this.deliver());
    window.addEventListener("beforeunload", (event) => {
      if (["mark", "review", "sending", "lost"].includes(this.steps.now)) event.preventDefault();
    });
  }

  /** @param {string} typed */
  async enter(typed) {
    const place = part(this.root, "[data-enter-error]");
    const field = input(this.root, "[data-credential]");
    const text = spell(typed);
    const well = wellFormed(text);
    tell(place, well ? "" : this.words.say(text ? "slip_wrong" : "slip_missing"));
    field.toggleAttribute("aria-invalid", !well);
    if (!well) {
      this.steps.show("enter", true);
      field.focus();
      return;
    }
    if (!this.election) return;
    this.credential = await derive(this.election.uuid, text);
    field.value = "";
    this.steps.show("mark");
  }

  /** Seals while the voter reads over what she marked: whether it will be cast or opened, the device cannot know yet. */
  async review() {
    const { election, paper, credential } = this;
    if (!election || !paper || !credential) return;
    const missing = paper.unfinished();
    if (missing >= 0) {
      this.steps.show("mark", true);
      return paper.focus(missing);
    }
    const votes = paper.votes();
    review(this.root, part(this.root, "[data-reviewed]"), election, votes, this.words);
    const blank = votes.every((row) => !row.includes(1));
    part(this.root, "[data-blank]").hidden = !blank;
    input(this.root, "[data-blank-sure]").checked = false;
    tell(part(this.root, "[data-blank-error]"), "");
    this.ready(false);
    this.steps.show("review");
    await this.seal(election, credential, votes);
  }

  /** @param {import("./election.js").Election} election @param {import("./credential.js").Credential} credential @param {number[][]} votes */
  async seal(election, credential, votes) {
    const mine = (this.sealing += 1);
    this.ballot = null;
    const bar = /** @type {HTMLProgressElement} */ (part(this.root, "[data-seal-progress]"));
    bar.value = 0;
    await breathe();
    const started = performance.now();
    let last = started;
    const ballot = await encrypt(election, credential, votes, (done, all) => {
      bar.max = all;
      bar.value = done;
      if (performance.now() - last < 50) return;
      last = performance.now();
      return breathe();
    });
    if (mine !== this.sealing) return; // she went back meanwhile: this one is nobody's
    performance.measure("openrenda.seal", { start: started });
    this.ballot = ballot;
    write(this.root, "[data-sealed-short]", short(ballot));
    write(this.root, "[data-sealed-tracker]", ballot.tracker);
    this.ready(true);
  }

  /** @param {boolean} ready */
  ready(ready) {
    part(this.root, "[data-sealing]").hidden = ready;
    part(this.root, "[data-sealed]").hidden = !ready;
    for (const name of ["cast", "audit"]) button(this.root, `[data-do="${name}"]`).disabled = !ready;
  }

  back() {
    this.sealing += 1;
    this.ballot = null;
    this.steps.show("mark");
  }

  async cast() {
    if (!this.ballot) return;
    const blank = !part(this.root, "[data-blank]").hidden;
    const sure = input(this.root, "[data-blank-sure]");
    tell(part(this.root, "[data-blank-error]"), blank && !sure.checked ? this.words.say("blank_unsure") : "");
    if (blank && !sure.checked) return sure.focus();
    const { raw, tracker, trackerHex } = this.ballot;
    this.sealed = { raw, tracker, trackerHex };
    this.ballot = null; // its randomness is not needed any more
    await this.deliver();
  }

  /** Sends the same ballot until the board has it or says no; a lost answer is not a lost ballot. */
  async deliver() {
    const { sealed } = this;
    if (!sealed || this.sending) return;
    this.sending = true;
    this.store.write({ state: "sent", ...sealed });
    this.steps.show("sending");
    try {
      for (const wait of WAITS) {
        if (wait) await new Promise((resolve) => window.setTimeout(resolve, wait));
        const answer = await this.attempt(sealed, wait > 0);
        if (answer) return answer === "on board" ? this.done(sealed) : this.refused(answer);
      }
      write(this.root, "[data-lost-short]", short(sealed));
      this.steps.show("lost");
    } finally {
      this.sending = false;
    }
  }

  /** @param {Sealed} sealed @param {boolean} look first whether an earlier try reached the board @returns {Promise<"on board" | Refusal | null>} */
  async attempt(sealed, look) {
    try {
      if (look && (await this.onBoard(sealed))) return "on board";
      const headers = { "Content-Type": "application/json" };
      await ask(this.root.dataset.ballotsUrl ?? "", { ...NAMELESS, method: "POST", headers, body: sealed.raw });
      return "on board";
    } catch (reason) {
      if (reason instanceof Refusal) return reason.body.tracker === sealed.tracker ? "on board" : reason;
      return null; // the network: told when all tries are used up
    }
  }

  /** @param {Sealed} sealed @returns {Promise<boolean>} */
  async onBoard(sealed) {
    try {
      await ask(`${this.root.dataset.ballotsUrl}${sealed.trackerHex}/`, NAMELESS);
      return true;
    } catch (reason) {
      if (reason instanceof Refusal && reason.status === 404) return false;
      throw reason;
    }
  }

  /** @param {Sealed} sealed */
  done(sealed) {
    this.sealed = sealed;
    this.store.write({ state: "cast", raw: "", tracker: sealed.tracker, trackerHex: sealed.trackerHex });
    this.credential = null;
    this.paper?.clear();
    write(this.root, "[data-cast-short]", short(sealed));
    write(this.root, "[data-cast-tracker]", sealed.tracker);
    this.steps.show("done");
  }

  /** @param {Refusal} refusal */
  refused(refusal) {
    this.store.write(null);
    this.credential = null;
    const used = refusal.code === "voting.already_voted";
    const tracker = String(refusal.body.tracker ?? "");
    write(this.root, "[data-refused-title]", this.words.say(used ? "already_title" : "refused_title"));
    write(this.root, "[data-refused-why]", used ? this.words.say("already_why") : refusal.message);
    part(this.root, "[data-refused-board]").hidden = !tracker;
    write(this.root, "[data-refused-short]", short({ tracker }));
    write(this.root, "[data-refused-tracker]", tracker);
    this.steps.show("refused");
  }

  async find() {
    const place = part(this.root, "[data-find-answer]");
    if (!this.sealed) return;
    tell(place, this.words.say("finding"));
    try {
      tell(place, this.words.say((await this.onBoard(this.sealed)) ? "found" : "not_found"));
    } catch {
      tell(place, this.words.say("find_failed"));
    }
  }

  /** Opens the sealed ballot and throws it away: what it held is shown from its randomness alone. */
  audit() {
    const { election, ballot } = this;
    if (!election || !ballot) return;
    const held = open(election, ballot.raw, ballot.openings);
    const marks = held.map((row, i) => (election.questions[i].blank ? row.slice(1) : row));
    review(this.root, part(this.root, "[data-opened]"), election, marks, this.words);
    write(this.root, "[data-opened-tracker]", ballot.tracker);
    this.opened = JSON.stringify({ election: election.raw, ballot: ballot.raw, openings: ballot.openings });
    this.ballot = null;
    this.steps.show("audit");
  }

  saveAudit() {
    if (this.opened) save(`opened-ballot-${this.root.dataset.voteKey}.json`, this.opened);
  }

  next() {
    this.store.write(null);
    window.location.reload();
  }

  /** @param {string} why */
  stop(why) {
    write(this.root, "[data-stopped]", why);
    this.steps.show("stopped");
  }
}

/** The first twelve characters are enough to recognise one's own among some hundred. @param {{tracker: string}} of */
const short = ({ tracker }) => grouped(tracker.slice(0, 12));

const root = document.querySelector("[data-vote-cast]");
if (root instanceof HTMLElement) void new CastPage(root).start();
