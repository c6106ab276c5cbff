// @ts-check
/**
 * A scrutineer's part, in her own browser. All she keeps is the seed; from it and the public messages her share of the
 * key is found again whenever it is needed.
 */
import { canonical, decimal, demand, fields, list } from "./fault.js";
import { BASE58, randomBase58 } from "./credential.js";
import { cipherFields, tallyShape } from "./election.js";
import { element, fromBytes, generator, modQ, NAME, P, power, Q, randomScalar } from "./group.js";
import { hex, sha256, unhex } from "./hash.js";
import { proveEqual, sign } from "./proof.js";
import * as threshold from "./threshold.js";
import { gcm } from "./vendor/noble-ciphers/aes.js";

/** @typedef {import("./threshold.js").Certificate} Certificate */
/** @typedef {import("./threshold.js").Polynomial} Polynomial */
/** @typedef {import("./threshold.js").Shape} Shape */
/** @typedef {{sk: bigint, dk: bigint}} Keys */
/** @typedef {{size: number, threshold: number, certs: readonly string[], polynomials: readonly string[]}} Transcript */

const LENGTH = 22;
const decoder = new TextDecoder("utf-8", { fatal: true });
export const SECRET_FAULT = "trustee_secret";

/** @returns {string} 22 characters, about 129 bits */
export const newSeed = () => randomBase58(LENGTH);

/** @param {string} typed @returns {string} without blanks and dashes */
export const spellSeed = (typed) => typed.normalize("NFKC").replace(/[\s\-‐-―−]/g, "");

/** @param {string} seed @returns {boolean} */
export const seedWellFormed = (seed) => seed.length === LENGTH && [...seed].every((c) => BASE58.includes(c));

/** @param {string} seed @returns {Promise<Keys>} */
export async function keysOf(seed) {
  return { sk: fromBytes(await sha256(`sk|${seed}`)), dk: fromBytes(await sha256(`dk|${seed}`)) };
}

/** @param {string} text @param {Keys} keys */
async function signedMessage(text, keys) {
  return { message: text, signature: await sign(`sigmsg|${text}|`, keys.sk) };
}

/** First round. @param {string} seed @param {number} index from 1 @param {Shape} shape @returns {Promise<string>} */
export async function certificate(seed, index, shape) {
  const keys = await keysOf(seed);
  const content = {
    context: { group: NAME, size: shape.size, threshold: shape.threshold, index },
    verification: generator.power(keys.sk).toString(),
    encryption: generator.power(keys.dk).toString(),
  };
  return JSON.stringify(await signedMessage(JSON.stringify(content), keys));
}

/** @param {bigint} shared g^k @param {bigint} alpha @returns {Promise<ReturnType<typeof gcm>>} */
async function cipher(shared, alpha) {
  const key = await sha256(`key|${shared}`);
  const nonce = (await sha256(`iv|${alpha}`)).slice(0, 12);
  return gcm(key, nonce);
}

/** Encrypts a signed message to one trustee. @param {Keys} keys @param {bigint} ek @param {string} text @returns {Promise<string>} */
async function send(keys, ek, text) {
  const letter = JSON.stringify(await signedMessage(JSON.stringify({ recipient: ek.toString(), message: text }), keys));
  const r = randomScalar();
  const shared = generator.power(randomScalar());
  const alpha = generator.power(r);
  const beta = (power(ek, r) * shared) % P;
  const box = await cipher(shared, alpha);
  const data = hex(box.encrypt(new TextEncoder().encode(letter)));
  return JSON.stringify({ alpha: alpha.toString(), beta: beta.toString(), data });
}

/** @param {Keys} keys of the reader @param {Certificate} from @param {unknown} sealed @returns {Promise<string>} */
async function receive(keys, from, sealed) {
  const who = threshold.trusteeAt(from.index);
  demand(typeof sealed === "string", SECRET_FAULT, who);
  const read = canonical(sealed, SECRET_FAULT);
  fields(read, ["alpha", "beta", "data"], SECRET_FAULT);
  demand(typeof read.data === "string" && /^([0-9a-f]{2})+$/.test(read.data), SECRET_FAULT, who);
  const alpha = element(read.alpha, SECRET_FAULT);
  const beta = element(read.beta, SECRET_FAULT);
  const shared = (beta * power(alpha, modQ(-keys.dk))) % P;
  const box = await cipher(shared, alpha);
  let letter;
  try {
    letter = decoder.decode(box.decrypt(unhex(read.data)));
  } catch (reason) {
    demand(false, SECRET_FAULT, `${who} (${reason})`);
  }
  const message = canonical(letter ?? "", SECRET_FAULT);
  const text = canonical(await threshold.signedText(message, from.vk, SECRET_FAULT, who), SECRET_FAULT);
  fields(text, ["recipient", "message"], SECRET_FAULT);
  demand(text.recipient === generator.power(keys.dk).toString(), SECRET_FAULT, who);
  return text.message;
}

/** @param {readonly bigint[]} coefficients @param {number} at @returns {bigint} */
const valueAt = (coefficients, at) => coefficients.reduceRight((sum, a) => modQ(sum * BigInt(at) + a), 0n);

/** Second round, when all certificates are there. @param {string} seed @param {number} index @param {Shape} shape @param {readonly string[]} texts */
export async function polynomial(seed, index, shape, texts) {
  const keys = await keysOf(seed);
  const certs = await threshold.readCertificates(texts, shape);
  demand(certs[index - 1].vk === generator.power(keys.sk), "trustee_unknown");
  const coefficients = Array.from({ length: shape.threshold }, randomScalar);
  const coefexps = coefficients.map((a) => generator.power(a));
  const message = await signedMessage(JSON.stringify({ coefexps: coefexps.map(String) }), keys);
  const secrets = [];
  for (const cert of certs) {
    const share = valueAt(coefficients, cert.index);
    secrets.push(await send(keys, cert.ek, JSON.stringify({ secret: share.toString() })));
  }
  const signature = await sign(`sigmsg|${threshold.boundText(certs, coefexps)}|`, keys.sk);
  return JSON.stringify({ secrets, coefexps: message, signature });
}

/**
 * This trustee's share, every message of the others checked on the way. @param {string} seed @param {number} index
 * @param {Transcript} transcript @returns {Promise<{keys: Keys, share: bigint, verification: bigint}>}
 */
async function share(seed, index, transcript) {
  const keys = await keysOf(seed);
  const certs = await threshold.readCertificates(transcript.certs, transcript);
  demand(certs[index - 1].vk === generator.power(keys.sk), "trustee_unknown");
  const polynomials = await threshold.readPolynomials(transcript.polynomials, certs, transcript);
  let sum = 0n;
  for (const { coefexps, secrets, index: from } of polynomials) {
    const read = canonical(await receive(keys, certs[from - 1], secrets[index - 1]), SECRET_FAULT);
    fields(read, ["secret"], SECRET_FAULT);
    const part = decimal(read.secret, SECRET_FAULT);
    demand(part < Q && generator.power(part) === threshold.evaluate(coefexps, index), SECRET_FAULT, threshold.trusteeAt(from));
    sum = modQ(sum + part);
  }
  const verification = threshold.verificationKeys(polynomials.map((one) => one.coefexps))[index - 1];
  demand(generator.power(sum) === verification, SECRET_FAULT, threshold.trusteeAt(index));
  return { keys, share: sum, verification };
}

/** Third round. @param {string} seed @param {number} index @param {Transcript} transcript @returns {Promise<string>} */
export async function verificationKey(seed, index, transcript) {
  const { keys, share: x, verification } = await share(seed, index, transcript);
  const text = verification.toString();
  const pok = await sign(`pok|${NAME}|${text}|`, x);
  return JSON.stringify({ pok, public_key: text, signature: await sign(`sigmsg|${text}|`, keys.sk) });
}

/**
 * This trustee's part of opening the sums; no single ballot is among what it opens.
 * @param {string} seed @param {number} index @param {Transcript} transcript @param {import("./election.js").Election} election
 * @param {string} tally the encrypted sums @param {(done: number, all: number) => void | Promise<void>} [progress] @returns {Promise<string>}
 */
export async function partialDecryption(seed, index, transcript, election, tally, progress) {
  const { share: x, verification } = await share(seed, index, transcript);
  const rows = canonical(tally, "encrypted_tally");
  tallyShape(rows, election, "encrypted_tally");
  const prefix = `decrypt|${election.fingerprint}|${verification}|`;
  const all = rows.flat().length;
  let done = 0;
  const factors = [];
  const proofs = [];
  for (const row of rows) {
    list(row, row.length, "encrypted_tally");
    /** @type {string[]} */
    const lineOfFactors = [];
    /** @type {import("./proof.js").Proof[]} */
    const lineOfProofs = [];
    for (const ciphertext of row) {
      cipherFields(ciphertext, "encrypted_tally");
      const alpha = element(ciphertext.alpha, "encrypted_tally");
      lineOfFactors.push(power(alpha, x).toString());
      lineOfProofs.push(await proveEqual(prefix, alpha, x));
      await progress?.((done += 1), all);
    }
    factors.push(lineOfFactors);
    proofs.push(lineOfProofs);
  }
  return JSON.stringify({ decryption_factors: factors, decryption_proofs: proofs });
}
