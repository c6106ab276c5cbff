// @ts-check
/** The ballot paper on the screen: drawn once from the election itself and never again while it is open. */
import { part, stamp, write } from "./dom.js";

/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./election.js").Question} Question */
/** @typedef {import("./dom.js").Words} Words */

/** One of several, so that a second mark replaces the first. @param {Question} question */
const exclusive = (question) => question.maximum === 1;

export class Paper {
  /** @param {HTMLElement} root @param {Election} election @param {Words} words */
  constructor(root, election, words) {
    this.questions = election.questions;
    this.words = words;
    this.boxes = election.questions.map((question, i) => this.drawQuestion(root, question, i));
    this.boxes.forEach((_, i) => this.count(i));
  }

  /** @param {HTMLElement} root @param {Question} question @param {number} i */
  drawQuestion(root, question, i) {
    const drawn = stamp(root, "question");
    write(drawn, "[data-question]", question.text);
    write(drawn, "[data-rule]", this.rule(question));
    const place = part(drawn, "[data-answers]");
    const marks = question.answers.map((answer, j) => {
      const row = stamp(root, exclusive(question) ? "one" : "many");
      const box = /** @type {HTMLInputElement} */ (part(row, "input"));
      box.name = `question-${i}`;
      box.value = String(j);
      write(row, "[data-answer]", answer);
      if (exclusive(question)) part(row, "[data-number]").remove();
      else write(row, "[data-number]", j + 1);
      box.addEventListener("change", () => this.changed(i, box));
      place.append(row);
      return box;
    });
    const clear = drawn.querySelector("[data-clear]");
    if (clear instanceof HTMLButtonElement) {
      clear.hidden = !(exclusive(question) && this.least(question) === 0);
      clear.addEventListener("click", () => {
        marks.forEach((box) => (box.checked = false));
        this.count(i);
      });
    }
    part(root, "[data-questions]").append(drawn);
    return { drawn, marks };
  }

  /** Blank is an answer too where the question has it. @param {Question} question */
  least(question) {
    return question.blank ? 0 : question.minimum;
  }

  /** @param {Question} question @returns {string} */
  rule(question) {
    const values = { min: question.minimum, max: question.maximum, all: question.answers.length };
    if (exclusive(question)) return this.words.say(this.least(question) ? "rule.one" : "rule.one_or_none", values);
    if (this.least(question)) return this.words.say(question.minimum === question.maximum ? "rule.exactly" : "rule.between", values);
    return this.words.say("rule.at_most", values);
  }

  /** One mark more than allowed is taken back, and it is said why. @param {number} i @param {HTMLInputElement} box */
  changed(i, box) {
    const chosen = this.boxes[i].marks.filter((one) => one.checked).length;
    const { maximum } = this.questions[i];
    const over = !exclusive(this.questions[i]) && chosen > maximum;
    if (over) box.checked = false;
    this.count(i, over ? this.words.say("over", { max: maximum, answer: this.questions[i].answers[Number(box.value)] }) : "");
  }

  /** @param {number} i @param {string} [warning] */
  count(i, warning = "") {
    const { drawn, marks } = this.boxes[i];
    const question = this.questions[i];
    const chosen = marks.filter((one) => one.checked).length;
    const left = question.maximum - chosen;
    const place = part(drawn, "[data-count]");
    place.hidden = exclusive(question) && !warning;
    place.textContent = this.words.say(left ? "left" : "full", { n: left, chosen, max: question.maximum });
    const why = part(drawn, "[data-over]");
    why.hidden = !warning;
    why.textContent = warning;
  }

  /** @returns {number[][]} rows of 0 and 1 */
  votes() {
    return this.boxes.map(({ marks }) => marks.map((box) => Number(box.checked)));
  }

  /** The first question with too few marks, marked as such; -1 if all are well. @returns {number} */
  unfinished() {
    const missing = this.votes().map((row, i) => {
      const sum = row.reduce((so, m) => so + m, 0);
      return sum < this.least(this.questions[i]) || (sum > 0 && sum < this.questions[i].minimum);
    });
    missing.forEach((lacks, i) => {
      const error = part(this.boxes[i].drawn, "[data-error]");
      error.hidden = !lacks;
      error.textContent = lacks ? this.words.say("too_few", { min: this.questions[i].minimum }) : "";
      this.boxes[i].drawn.classList.toggle("has-error", lacks);
    });
    return missing.indexOf(true);
  }

  /** @param {number} i */
  focus(i) {
    this.boxes[i].marks[0].focus();
  }

  clear() {
    this.boxes.forEach(({ marks }, i) => {
      marks.forEach((box) => (box.checked = false));
      this.count(i);
    });
  }
}

/**
 * What was marked, for reading over: each question with its marks. @param {HTMLElement} root @param {HTMLElement} place
 * @param {Election} election @param {readonly (readonly number[])[]} votes @param {Words} words
 */
export function review(root, place, election, votes, words) {
  place.replaceChildren();
  election.questions.forEach((question, i) => {
    const drawn = stamp(root, "reviewed");
    write(drawn, "[data-question]", question.text);
    const list = part(drawn, "[data-marks]");
    const marked = question.answers.filter((_, j) => votes[i][j]);
    for (const text of marked.length ? marked : [words.say("nothing")]) {
      const item = document.createElement("li");
      item.textContent = text;
      list.append(item);
    }
    const counted = question.maximum === 1 ? "" : words.say("marked", { n: marked.length, all: question.answers.length });
    write(drawn, "[data-marked]", counted);
    place.append(drawn);
  });
}
