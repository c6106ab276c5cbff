// @ts-check
/** Anyone's page: fetches the whole archive and re-counts it here, naming each thing checked or the first fault. */
import { ask, download, input, part, stamp, tell, Words, write } from "./dom.js";
import { Fault } from "./fault.js";
import { verifyArchive } from "./verify.js";

/** @typedef {import("./verify.js").Report} Report */

class CheckPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    /** @type {Report | null} */
    this.report = null;
  }

  start() {
    part(this.root, "[data-do=check]").addEventListener("click", () => this.fetched());
    part(this.root, "[data-file]").addEventListener("change", async () => {
      const file = input(this.root, "[data-file]").files?.[0];
      if (file) await this.check(new Uint8Array(await file.arrayBuffer()));
    });
    part(this.root, "[data-do=find]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
    });
  }

  async fetched() {
    this.clear();
    this.state("fetching");
    try {
      await this.check(await download(this.root.dataset.archiveUrl ?? ""));
    } catch {
      this.state("offline", "warning");
    }
  }

  clear() {
    part(this.root, "[data-checks]").replaceChildren();
    part(this.root, "[data-outcome]").hidden = true;
    this.report = null;
  }

  /** @param {Uint8Array} data */
  async check(data) {
    this.clear();
    this.state("checking");
    const started = performance.now();
    const bar = /** @type {HTMLProgressElement} */ (part(this.root, "[data-progress]"));
    bar.hidden = false;
    try {
      const expect = await this.expected();
      this.report = await verifyArchive(data, {
        expect,
        workerUrl: this.root.dataset.workerUrl,
        progress: (done, all) => {
          bar.max = Math.max(all, 1);
          bar.value = done;
          write(this.root, "[data-progress-words]", this.words.say("progress", { done, all }));
        },
        passed: (check, count) => this.passed(check, count),
      });
      this.state("well", "success", { s: Math.ceil((performance.now() - started) / 1000) });
      this.show(this.report);
    } catch (reason) {
      if (reason instanceof Fault) {
        this.row("failed", this.words.fault(reason), reason.detail ? `${reason.code} · ${reason.detail}` : reason.code);
        this.state("failed", "danger");
      } else {
        this.state("offline", "warning");
      }
    } finally {
      bar.hidden = true;
      write(this.root, "[data-progress-words]", "");
    }
  }

  /** What the signed minutes say, as far as the manifest holds it. @returns {Promise<import("./verify.js").Expectations>} */
  async expected() {
    const proof = await ask(this.root.dataset.proofUrl ?? "");
    return proof.electronic.expect;
  }

  /** @param {string} check @param {number} count */
  passed(check, count) {
    this.row("passed", this.words.say(`check.${check}`, { n: count }), "");
  }

  /** @param {"passed" | "failed"} how @param {string} text @param {string} detail */
  row(how, text, detail) {
    const row = stamp(this.root, how);
    write(row, "[data-text]", text);
    write(row, "[data-detail]", detail);
    part(this.root, "[data-checks]").append(row);
  }

  /** @param {string} word @param {string} [tone] @param {Record<string, number>} [values] */
  state(word, tone = "info", values = {}) {
    const place = part(this.root, "[data-state]");
    place.className = `notice is-${tone}`;
    place.hidden = false;
    write(place, "[data-text]", this.words.say(`state.${word}`, values));
  }

  /** @param {Report} report */
  show(report) {
    const { election, result, fingerprints, trackers } = report;
    const table = part(this.root, "[data-results]");
    table.replaceChildren();
    election.questions.forEach((question, i) => {
      const drawn = stamp(this.root, "result");
      write(drawn, "[data-question]", question.text);
      const answers = question.blank ? [this.words.say("blank"), ...question.answers] : question.answers;
      answers.forEach((answer, j) => {
        const row = stamp(this.root, "count");
        write(row, "[data-answer]", answer);
        write(row, "[data-count]", result[i][j]);
        part(drawn, "tbody").append(row);
      });
      table.append(drawn);
    });
    for (const [name, value] of Object.entries(fingerprints)) {
      const place = this.root.querySelector(`[data-hash="${name}"]`);
      if (place) place.textContent = value;
    }
    write(this.root, "[data-cast]", trackers.length);
    part(this.root, "[data-outcome]").hidden = false;
  }

  find() {
    const typed = input(this.root, "[data-tracker]").value.replace(/\s/g, "");
    const place = part(this.root, "[data-found]");
    if (!this.report || typed.length < 6) return tell(place, this.words.say(this.report ? "tracker_short" : "check_first"));
    const { trackers, trackersHex } = this.report;
    const at = trackers.findIndex((tracker, i) => tracker.startsWith(typed) || trackersHex[i].startsWith(typed.toLowerCase()));
    tell(place, at < 0 ? this.words.say("tracker_missing") : this.words.say("tracker_found", { n: at + 1, all: trackers.length }));
  }
}

const root = document.querySelector("[data-vote-check]");
if (root instanceof HTMLElement) new CheckPage(root).start();
