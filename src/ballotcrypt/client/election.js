// @ts-check
/** The election as its raw bytes say it; those bytes are hashed as they are and never written anew. */
import { canonical, demand, fields, list } from "./fault.js";
import { element, NAME, Table } from "./group.js";
import { fingerprint } from "./hash.js";

/** @typedef {{text: string, answers: string[], minimum: number, maximum: number, blank: boolean}} Question */
/** @typedef {{raw: string, uuid: string, name: string, description: string, questions: Question[], y: bigint, key: Table, fingerprint: string}} Election */

const FAULT = "election_malformed";
const OPTIONAL = ["administrator", "credential_authority"];

/** @param {string} raw @param {number} [width] of the table of the public key's powers @returns {Promise<Election>} */
export async function parseElection(raw, width) {
  const read = canonical(raw, "election");
  const names = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
  fields(read, [...names, ...OPTIONAL.filter((name) => name in read)], "election");
  demand(read.version === 1, FAULT, "version");
  demand(read.group === NAME, "group_unknown", "election");
  for (const name of ["description", "name", "uuid", ...OPTIONAL]) demand(typeof (read[name] ?? "") === "string", FAULT, name);
  demand(/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(read.uuid), FAULT, "uuid");
  demand(Array.isArray(read.questions) && read.questions.length > 0, FAULT, "questions");
  const y = element(read.public_key, "public_key");
  demand(y !== 1n, "neutral_element", "public_key");
  const { uuid, name, description } = read;
  const questions = read.questions.map(parseQuestion);
  return { raw, uuid, name, description, questions, y, key: new Table(y, width), fingerprint: await fingerprint(raw) };
}

/** @param {any} read @returns {Question} */
function parseQuestion(read) {
  const blank = read?.blank === true;
  fields(read, ["answers", ...(blank ? ["blank"] : []), "min", "max", "question"], "question");
  const { answers, min, max, question } = read;
  demand(Array.isArray(answers) && answers.length > 0, FAULT, "answers");
  demand([question, ...answers].every((text) => typeof text === "string"), FAULT, "text");
  demand(Number.isInteger(min) && Number.isInteger(max) && min >= 0 && min <= max && max <= answers.length, FAULT, "range");
  return { text: question, answers, minimum: min, maximum: max, blank };
}

/** @param {any} ciphertext @param {string} where */
export function cipherFields(ciphertext, where) {
  fields(ciphertext, ["alpha", "beta"], where);
}

/** One row per question, one ciphertext per answer and for blank. @param {any} rows @param {Election} election @param {string} where */
export function tallyShape(rows, election, where) {
  list(rows, election.questions.length, where);
  election.questions.forEach((question, i) => list(rows[i], question.answers.length + (question.blank ? 1 : 0), where));
}
