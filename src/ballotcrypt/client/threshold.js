// @ts-check
/** The public side of a threshold key: certificates, polynomials in the exponent, verification keys. */
import { canonical, demand, fields, list } from "./fault.js";
import { element, isMember, NAME, P, power, product, Q } from "./group.js";
import { signed } from "./proof.js";

/** @typedef {{raw: string, message: any, vk: bigint, ek: bigint, index: number}} Certificate */
/** @typedef {{index: number, coefexps: bigint[], signature: any, secrets: any[]}} Polynomial */
/** @typedef {{size: number, threshold: number}} Shape */

export const CERT_FAULT = "trustee_certificate";
export const POLYNOMIAL_FAULT = "trustee_polynomial";
export const KEY_FAULT = "trustee_key";

/** @param {number} index @returns {string} */
export const trusteeAt = (index) => `trustee=${index}`;

/**
 * A signed message's text, its signature checked. @param {any} message @param {bigint} vk @param {string} code @param {string} who
 * @returns {Promise<string>}
 */
export async function signedText(message, vk, code, who) {
  fields(message, ["message", "signature"], code);
  demand(typeof message.message === "string", code, who);
  demand(await signed(`sigmsg|${message.message}|`, vk, message.signature, code), code, who);
  return message.message;
}

/**
 * The certificate of trustee `index`; without `shape` also in the basic form, which has no context.
 * @param {any} message @param {number} index @param {Shape} shape @param {boolean} [basic] @returns {Promise<Certificate>}
 */
export async function readCertificate(message, index, shape, basic = false) {
  const who = trusteeAt(index);
  fields(message, ["message", "signature"], CERT_FAULT);
  const read = canonical(message.message, CERT_FAULT);
  const withContext = !(basic && !("context" in read));
  fields(read, [...(withContext ? ["context"] : []), "verification", "encryption"], CERT_FAULT);
  if (withContext) {
    const wanted = { group: NAME, size: shape.size, threshold: shape.threshold, index };
    demand(JSON.stringify(read.context) === JSON.stringify(wanted), CERT_FAULT, who);
  }
  const vk = element(read.verification, CERT_FAULT);
  const ek = element(read.encryption, CERT_FAULT);
  demand(vk !== 1n && ek !== 1n, CERT_FAULT, who);
  await signedText(message, vk, CERT_FAULT, who);
  return { raw: JSON.stringify(message), message, vk, ek, index };
}

/** @param {readonly Certificate[]} certs */
export function demandDistinct(certs) {
  certs.forEach((cert, i) => {
    demand(!certs.slice(0, i).some((other) => other.vk === cert.vk || other.ek === cert.ek), CERT_FAULT, trusteeAt(i + 1));
  });
}

/** @param {readonly string[]} texts in the order of their trustees @param {Shape} shape @returns {Promise<Certificate[]>} */
export async function readCertificates(texts, shape) {
  list(texts, shape.size, CERT_FAULT);
  const certs = [];
  for (const [i, text] of texts.entries()) certs.push(await readCertificate(canonical(text, CERT_FAULT), i + 1, shape));
  demandDistinct(certs);
  return certs;
}

/** What binds a trustee to one list of certificates. @param {readonly Certificate[]} certs @param {readonly bigint[]} coefexps */
export function boundText(certs, coefexps) {
  return `certs_sig|${JSON.stringify({ certs: certs.map((cert) => cert.message), coefexps: coefexps.map(String) })}`;
}

/** @param {any} message @param {Certificate} cert @param {number} threshold @returns {Promise<bigint[]>} */
export async function readCoefexps(message, cert, threshold) {
  const who = trusteeAt(cert.index);
  const read = canonical(await signedText(message, cert.vk, POLYNOMIAL_FAULT, who), POLYNOMIAL_FAULT);
  fields(read, ["coefexps"], POLYNOMIAL_FAULT);
  list(read.coefexps, threshold, POLYNOMIAL_FAULT);
  const coefexps = read.coefexps.map((/** @type {unknown} */ text) => element(text, POLYNOMIAL_FAULT));
  demand(!coefexps.includes(1n), "neutral_element", who);
  return coefexps;
}

/** @param {any} proof @param {readonly Certificate[]} certs @param {number} index @param {readonly bigint[]} coefexps */
export async function checkBound(proof, certs, index, coefexps) {
  const held = await signed(`sigmsg|${boundText(certs, coefexps)}|`, certs[index - 1].vk, proof, POLYNOMIAL_FAULT);
  demand(held, POLYNOMIAL_FAULT, trusteeAt(index));
}

/** @param {readonly string[]} texts @param {readonly Certificate[]} certs @param {Shape} shape @returns {Promise<Polynomial[]>} */
export async function readPolynomials(texts, certs, shape) {
  list(texts, shape.size, POLYNOMIAL_FAULT);
  const read = [];
  for (const [i, text] of texts.entries()) {
    const message = canonical(text, POLYNOMIAL_FAULT);
    fields(message, ["secrets", "coefexps", "signature"], POLYNOMIAL_FAULT);
    list(message.secrets, shape.size, POLYNOMIAL_FAULT);
    const coefexps = await readCoefexps(message.coefexps, certs[i], shape.threshold);
    await checkBound(message.signature, certs, i + 1, coefexps);
    read.push({ index: i + 1, coefexps, signature: message.signature, secrets: message.secrets });
  }
  return read;
}

/** g^f(j), from what was published of f. @param {readonly bigint[]} coefexps @param {number} j @returns {bigint} */
export function evaluate(coefexps, j) {
  return product(coefexps.map((a, k) => power(a, BigInt(j) ** BigInt(k) % Q)));
}

/** X_j for j = 1…n. @param {readonly (readonly bigint[])[]} all coefexps of every trustee @returns {bigint[]} */
export function verificationKeys(all) {
  const sums = all[0].map((_, k) => product(all.map((coefexps) => coefexps[k])));
  return all.map((_, i) => evaluate(sums, i + 1));
}

/** The key which ballots are encrypted with. @param {readonly (readonly bigint[])[]} all @returns {bigint} */
export const publicKey = (all) => product(all.map((coefexps) => coefexps[0]));

/**
 * A trustee's key with its proof and signature. @param {any} read @param {bigint} expected @param {Certificate | null} cert null: no signature asked
 * @param {string} who
 */
export async function checkKey(read, expected, cert, who) {
  const named = read && typeof read === "object" && "name" in read ? ["name"] : [];
  const signedBy = read && typeof read === "object" && "signature" in read ? ["signature"] : [];
  fields(read, ["pok", "public_key", ...signedBy, ...named], KEY_FAULT);
  demand(read.public_key === expected.toString() && isMember(expected), KEY_FAULT, who);
  demand(await signed(`pok|${NAME}|${read.public_key}|`, expected % P, read.pok, KEY_FAULT), KEY_FAULT, who);
  if (!cert) return;
  demand("signature" in read, KEY_FAULT, who);
  demand(await signed(`sigmsg|${read.public_key}|`, cert.vk, read.signature, KEY_FAULT), KEY_FAULT, who);
}
