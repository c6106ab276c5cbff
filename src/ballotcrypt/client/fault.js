// @ts-check
/** What is wrong with a ballot, a key or an archive, by name. The names are those of the Python side; pages hold the words. */

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

/** Decimal without sign and leading zeros, as the protocol writes numbers. @param {unknown} text @param {string} code @returns {bigint} */
export function decimal(text, code) {
  demand(typeof text === "string" && text.length <= 620 && /^(0|[1-9][0-9]*)$/.test(text), code, "decimal");
  return BigInt(text);
}

/**
 * The object or array of a JSON text which is written exactly as the protocol writes it: no blanks, no other order, no double key.
 * @param {string} text @param {string} code @returns {any}
 */
export function canonical(text, code) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault(code, "json");
  }
  demand(value !== null && typeof value === "object", code, "json");
  demand(JSON.stringify(value) === text, code, "canonical");
  return value;
}

/** The object has these fields, in this order, and no other. @param {any} object @param {readonly string[]} names @param {string} code */
export function fields(object, names, code) {
  const given = object && typeof object === "object" && !Array.isArray(object) ? Object.keys(object) : [];
  demand(given.length === names.length && given.every((name, i) => name === names[i]), code, "fields");
}

/** An array of this length. @param {unknown} value @param {number} length @param {string} code @returns {asserts value is any[]} */
export function list(value, length, code) {
  demand(Array.isArray(value) && value.length === length, code, "length");
}
