// @ts-check
/** Slips taken out of use: a scrutineer scans or types them, this browser works out which public credentials they are. */
import { derive, spell, wellFormed } from "./credential.js";
import { button, input, part, post, Refusal, stamp, tell, Words, write } from "./dom.js";

class WithdrawPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    /** @type {Map<string, HTMLElement>} public credential → its row */
    this.rows = new Map();
  }

  start() {
    part(this.root, "[data-do=add]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add();
    });
    part(this.root, "[data-do=withdraw]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.withdraw();
    });
    this.drawn();
  }

  async add() {
    const field = input(this.root, "[data-credential]");
    const place = part(this.root, "[data-add-error]");
    const text = spell(field.value);
    if (!wellFormed(text)) {
      tell(place, this.words.say("slip_wrong"));
      return field.select();
    }
    field.value = "";
    field.focus();
    const key = String((await derive(this.root.dataset.uuid ?? "", text)).public);
    tell(place, this.rows.has(key) ? this.words.say("twice") : "");
    if (this.rows.has(key)) return;
    const row = stamp(this.root, "slip");
    // Enough to tell two slips apart, too little to vote with.
    write(row, "[data-slip]", `${text.slice(0, 3)}-…-${text.slice(-3)}`);
    part(row, "[data-remove]").addEventListener("click", () => {
      row.remove();
      this.rows.delete(key);
      this.drawn();
      field.focus();
    });
    part(this.root, "[data-list]").append(row);
    this.rows.set(key, row);
    tell(part(this.root, "[data-done]"), "");
    this.drawn();
  }

  drawn() {
    write(this.root, "[data-count]", this.words.say(this.rows.size ? "count" : "none", { n: this.rows.size }));
    button(this.root, "[data-send]").disabled = this.rows.size === 0;
  }

  async withdraw() {
    const place = part(this.root, "[data-send-error]");
    const reason = this.root.querySelector("input[name=reason]:checked");
    if (!(reason instanceof HTMLInputElement)) return tell(place, this.words.say("reason_missing"));
    const send = button(this.root, "[data-send]");
    send.disabled = true;
    const count = this.rows.size;
    try {
      const body = JSON.stringify({ credentials: [...this.rows.keys()], reason: reason.value });
      await post(this.root, this.root.dataset.withdrawUrl ?? "", body);
      part(this.root, "[data-list]").replaceChildren();
      this.rows.clear();
      tell(place, "");
      tell(part(this.root, "[data-done]"), this.words.say("done", { n: count }));
    } catch (refusal) {
      tell(place, refusal instanceof Refusal ? refusal.message : this.words.say("offline"));
    } finally {
      this.drawn();
    }
  }
}

const root = document.querySelector("[data-vote-withdraw]");
if (root instanceof HTMLElement) new WithdrawPage(root).start();
