// @ts-check
/** Zero-knowledge proofs: who signed, and that each ciphertext holds one of the values allowed. */
import { demand, fields, list } from "./fault.js";
import { generator, modQ, P, powers, Q, randomScalar, scalar } from "./group.js";
import { challenge } from "./hash.js";

/** @typedef {{challenge: string, response: string}} Proof as written in JSON */
/** @typedef {import("./group.js").Table} Table */
/** @typedef {{r: bigint, gap: bigint}} Claim its prover knows: beta = y^r · g^gap; it is true when gap is 0 */
/**
 * The values m of which alpha, beta/g^m are claimed; raw: as it came, so that it has yet to be shown to lie in the group.
 * @typedef {{alpha: bigint, beta: bigint, values: readonly bigint[], raw?: boolean}} Cipher
 */

/** @param {bigint} c @param {bigint} t @returns {Proof} */
const written = (c, t) => ({ challenge: c.toString(), response: t.toString() });

/** @param {any} proof @param {string} where @returns {{c: bigint, t: bigint}} */
export function readProof(proof, where) {
  fields(proof, ["challenge", "response"], where);
  return { c: scalar(proof.challenge, where), t: scalar(proof.response, where) };
}

/** Knowledge of x with public g^x, bound to the prefix. @param {string} prefix @param {bigint} x @returns {Promise<Proof>} */
export async function sign(prefix, x) {
  const w = randomScalar();
  const c = await challenge(prefix, [generator.power(w)]);
  return written(c, modQ(w - x * c));
}

/** @param {string} prefix @param {bigint} key @param {any} proof @param {string} where @returns {Promise<boolean>} */
export async function signed(prefix, key, proof, where) {
  const { c, t } = readProof(proof, where);
  return (await challenge(prefix, [(generator.power(t) * powers(key, [c])[0]) % P])) === c;
}

/** A = g^x, factor = alpha^x for the same x. @param {string} prefix @param {bigint} alpha @param {bigint} x @returns {Promise<Proof>} */
export async function proveEqual(prefix, alpha, x) {
  const w = randomScalar();
  const c = await challenge(prefix, [generator.power(w), powers(alpha, [w])[0]]);
  return written(c, modQ(w - x * c));
}

/**
 * @param {string} prefix @param {Table} key of g^x @param {bigint} alpha @param {bigint} factor @param {any} proof @param {string} where
 * @returns {Promise<boolean>}
 */
export async function provesEqual(prefix, key, alpha, factor, proof, where) {
  const { c, t } = readProof(proof, where);
  const a = (generator.power(t) * key.power(c)) % P;
  const b = (powers(alpha, [t])[0] * powers(factor, [c])[0]) % P;
  return (await challenge(prefix, [a, b])) === c;
}

/**
 * One of the claims is true, without saying which: the others are simulated with challenges drawn beforehand.
 * @param {string} prefix @param {readonly Claim[]} claims @param {Table} key @returns {Promise<Proof[]>}
 */
export async function proveOneOf(prefix, claims, key) {
  const truth = claims.findIndex((claim) => claim.gap === 0n);
  if (truth < 0) throw new RangeError("none of the claims is true");
  const drawn = claims.map(() => ({ c: randomScalar(), t: randomScalar() }));
  drawn[truth].c = 0n; // its commitment is (g^w, y^w), w in the place of the response
  const commitments = claims.flatMap(({ r, gap }, j) => {
    const { c, t } = drawn[j];
    const exponent = modQ(t + r * c);
    return [generator.power(exponent), (key.power(exponent) * generator.power(modQ(gap * c))) % P];
  });
  const total = await challenge(prefix, commitments);
  const w = drawn[truth].t;
  const c = modQ(drawn.reduce((rest, one) => rest - one.c, total));
  drawn[truth] = { c, t: modQ(w - claims[truth].r * c) };
  return drawn.map((one) => written(one.c, one.t));
}

/**
 * Checks such a proof over ciphertexts, each claimed to hold one of its values; all claims together have one challenge.
 * @param {string} prefix @param {readonly Cipher[]} ciphers @param {any} proofs @param {Table} key @param {string} where
 * @returns {Promise<boolean>}
 */
export async function provesOneOf(prefix, ciphers, proofs, key, where) {
  const count = ciphers.reduce((sum, cipher) => sum + cipher.values.length, 0);
  list(proofs, count, where);
  const read = proofs.map((proof) => readProof(proof, where));
  /** @type {bigint[]} */
  const commitments = [];
  let at = 0;
  for (const { alpha, beta, values, raw } of ciphers) {
    const mine = read.slice(at, (at += values.length));
    const exponents = mine.map((one) => one.c);
    if (raw) exponents.push(Q);
    const alphas = powers(alpha, exponents);
    const betas = powers(beta, exponents);
    demand(!raw || (alphas.pop() === 1n && betas.pop() === 1n), "not_in_group", where);
    mine.forEach(({ c, t }, j) => {
      const shift = values[j] === 0n ? 1n : generator.power(modQ(-values[j] * c));
      commitments.push((generator.power(t) * alphas[j]) % P, (((key.power(t) * betas[j]) % P) * shift) % P);
    });
  }
  return (await challenge(prefix, commitments)) === modQ(read.reduce((sum, one) => sum + one.c, 0n));
}
