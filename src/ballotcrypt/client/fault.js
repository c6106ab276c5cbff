// @ts-check
/** What is wrong with a ballot, a key or an archive, by the names that the Python side gives; pages hold the words. */

export class Fault extends Error {
  /** @param {string} code @param {string} [detail] what it concerns: a position, a trustee's number, a tracker */
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "Fault";
    this.code = code;
    this.detail = detail;
  }
}

/** @param {unknown} truth @param {string} code @param {string} [detail] @returns {asserts truth} */
export function demand(truth, code, detail = "") {
  if (!truth) throw new Fault(code, detail);
}

/** What a reader of malformed data calls it, by the thing read. @type {Record<string, string>} */
const MALFORMED = {
  ballot: "ballot_malformed", election: "election_malformed", question: "election_malformed", trustees: "trustees_malformed",
  credentials: "credentials_malformed", event: "event_malformed", partial: "partial_malformed", result: "result_wrong",
  tally: "encrypted_tally_wrong", encrypted_tally: "encrypted_tally_wrong", header: "archive_header",
};

/** @param {string} where @returns {string} */
const malformed = (where) => MALFORMED[where] ?? (where.startsWith("trustee_") ? where : "fields_wrong");

/** Decimal without sign and leading zeros, as the protocol writes numbers. @param {unknown} text @param {string} where @returns {bigint} */
export function decimal(text, where) {
  demand(typeof text === "string" && text.length <= 620 && /^(0|[1-9][0-9]*)$/.test(text), "decimal_not_canonical", where);
  return BigInt(text);
}

/**
 * The object or array of a JSON text which is written exactly as the protocol writes it: no blanks, no other order, no double key.
 * @param {string} text @param {string} where @returns {any}
 */
export function canonical(text, where) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault(malformed(where), "json");
  }
  demand(value !== null && typeof value === "object", malformed(where), where);
  demand(JSON.stringify(value) === text, "json_not_canonical", where);
  return value;
}

/** The object has these fields, in this order, and no other. @param {any} object @param {readonly string[]} names @param {string} where */
export function fields(object, names, where) {
  const given = object && typeof object === "object" && !Array.isArray(object) ? Object.keys(object) : [];
  demand(given.length === names.length && given.every((name, i) => name === names[i]), malformed(where), "fields");
}

/** An array of this length. @param {unknown} value @param {number} length @param {string} where @returns {asserts value is any[]} */
export function list(value, length, where) {
  demand(Array.isArray(value) && value.length === length, malformed(where), "length");
}
