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
    throw new Fault("json_not_canonical", where);
  }
  demand(value !== null && typeof value === "object", "fields_wrong", where);
  demand(JSON.stringify(value) === text, "json_not_canonical", where);
  return value;
}

/** The object has these fields, in this order, and no other. @param {any} object @param {readonly string[]} names @param {string} where */
export function fields(object, names, where) {
  const given = object && typeof object === "object" && !Array.isArray(object) ? Object.keys(object) : [];
  demand(given.length === names.length && given.every((name, i) => name === names[i]), "fields_wrong", where);
}

/** An array of this length. @param {unknown} value @param {number} length @param {string} where @returns {asserts value is any[]} */
export function list(value, length, where) {
  demand(Array.isArray(value) && value.length === length, "fields_wrong", where);
}
