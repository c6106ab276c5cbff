// @ts-check
/** Credentials: fourteen characters and a check character on a paper slip; the server learns only the public part. */
import { generator, modQ, fromBytes } from "./group.js";
import { stretch } from "./hash.js";

export const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const FORM = /^[1-9A-HJ-NP-Za-km-z]{3}(-[1-9A-HJ-NP-Za-km-z]{3}){4}$/;
const ROUNDS = 1000;

/** @typedef {{text: string, secret: bigint, public: bigint}} Credential */

/** Characters of equal chance: bytes beyond the last whole 58 are thrown away. @param {number} length @returns {string} */
export function randomBase58(length) {
  let text = "";
  while (text.length < length) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0];
    if (byte < 232) text += BASE58[byte % 58];
  }
  return text;
}

/** @param {string} characters @returns {number} their value in base 58, modulo 53 */
const remainder = (characters) => [...characters].reduce((sum, c) => (sum * 58 + BASE58.indexOf(c)) % 53, 0);

/** A new private credential, as printed. @returns {string} */
export function makeCredential() {
  const body = randomBase58(14);
  const whole = body + BASE58[53 - remainder(body)];
  return (whole.match(/.{3}/g) ?? []).join("-");
}

/** What was typed or scanned, in the printed spelling: blanks and other dashes do not count. @param {string} typed @returns {string} */
export function spell(typed) {
  const bare = typed.trim().replace(/^.*#/, "").normalize("NFKC").replace(/[\s\-‐-―−]/g, "");
  return (bare.match(/.{1,3}/g) ?? []).join("-");
}

/** Right length, known characters, and the check character fits. @param {string} text @returns {boolean} */
export function wellFormed(text) {
  if (!FORM.test(text)) return false;
  const bare = text.replaceAll("-", "");
  return (remainder(bare.slice(0, 14)) + BASE58.indexOf(bare[14])) % 53 === 0;
}

/** @param {string} uuid of the election @param {string} text as printed, with dashes @returns {Promise<Credential>} */
export async function derive(uuid, text) {
  const secret = modQ(fromBytes(await stretch(text, uuid, ROUNDS)));
  return { text, secret, public: generator.power(secret) };
}
