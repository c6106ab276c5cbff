// @ts-check
/**
 * The whole archive, from its bytes to the result: what belenios-tool checks and what it leaves unchecked.
 * `verifyArchive` either reports or throws the first fault by name.
 */
import { readArchive } from "./archive.js";
import { checkBallot } from "./ballot.js";
import { canonical, demand, Fault, fields, list } from "./fault.js";
import { cipherFields, parseElection, tallyShape } from "./election.js";
import { element, generator, inverse, modQ, P, power, product, Q, Table } from "./group.js";
import { hexHash } from "./hash.js";
import { runJobs } from "./pool.js";
import { provesEqual } from "./proof.js";
import * as threshold from "./threshold.js";

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./ballot.js").CheckedBallot} CheckedBallot */
/** @typedef {import("./election.js").Election} Election */
/** @typedef {{alpha: bigint, beta: bigint}} Cipher */
/** @typedef {{single: bigint | null, threshold: number, keys: bigint[]}} Item one entry of the trustees' record */
/**
 * What the signed minutes and the proof bundle say, by the names of the Python side; each is compared where given.
 * @typedef {object} Expectations
 * @property {string} [election] digests in hex, like all of these
 * @property {string} [trustees]
 * @property {string} [credentials]
 * @property {string} [final_event]
 * @property {number} [credential_count]
 * @property {number} [ballots]
 * @property {string[]} [withdrawn] public credentials that may not have voted
 */
/** @typedef {"container" | "election" | "trustees" | "credentials" | "ballots" | "unique" | "tally" | "partials" | "result" | "expected"} Check */
/**
 * @typedef {object} Options
 * @property {Expectations} [expect]
 * @property {string} [workerUrl] of verify-worker.js; without it everything runs here
 * @property {number} [workers]
 * @property {(done: number, all: number) => void} [progress] by ballots
 * @property {(check: Check, count: number) => void} [passed] each check as it holds
 */
/**
 * @typedef {object} Report
 * @property {Check[]} checks
 * @property {Election} election
 * @property {string[]} trackers
 * @property {string[]} trackersHex
 * @property {number[][]} result
 * @property {{election: string, trustees: string, credentials: string, final_event: string}} fingerprints in hex
 */

/** @param {Uint8Array} data @param {Options} [options] @returns {Promise<Report>} */
export async function verifyArchive(data, options = {}) {
  try {
    return await verified(data, options);
  } catch (reason) {
    if (reason instanceof Fault) throw reason;
    throw new Fault("archive_malformed", String(reason)); // data of a shape that no check foresaw
  }
}

/** @param {Uint8Array} data @param {Options} options @returns {Promise<Report>} */
async function verified(data, options) {
  /** @type {Check[]} */
  const checks = [];
  const pass = (/** @type {Check} */ check, count = 0) => {
    checks.push(check);
    options.passed?.(check, count);
  };
  const archive = await readArchive(data);
  const { encryptedTally, result } = archive;
  demand(encryptedTally !== null && result !== null, "result_missing");
  pass("container");
  const election = await parseElection(archive.election, 8);
  pass("election");
  const items = await checkTrustees(archive.trustees, election);
  pass("trustees", items.reduce((sum, item) => sum + item.keys.length, 0));
  const credentials = readCredentials(archive.credentials);
  pass("credentials", credentials.size);
  const ballots = await checkBallots(archive, options);
  pass("ballots", ballots.length);
  checkVoters(ballots, credentials);
  pass("unique", ballots.length);
  const sums = checkTally(archive.sized, encryptedTally, ballots, election);
  pass("tally");
  const factors = await checkPartials(archive, items, sums, election);
  pass("partials", archive.partials.length);
  const counts = checkResult(result, items, factors, sums, election, ballots.length);
  pass("result");
  const fingerprints = {
    election: await hexHash(archive.election), trustees: await hexHash(archive.trustees),
    credentials: await hexHash(archive.credentials), final_event: archive.finalHash,
  };
  const report = { checks, election, trackers: ballots.map((b) => b.tracker), trackersHex: archive.ballotHashes, result: counts, fingerprints };
  if (options.expect) {
    checkExpected(options.expect, report, credentials, ballots);
    pass("expected");
  }
  return report;
}

/** @param {string} raw @param {Election} election @returns {Promise<Item[]>} */
async function checkTrustees(raw, election) {
  const read = canonical(raw, "trustees");
  demand(Array.isArray(read) && read.length > 0, "trustees_malformed");
  /** @type {Item[]} */
  const items = [];
  const parts = [];
  for (const entry of read) {
    list(entry, 2, "trustees");
    const [kind, body] = entry;
    demand(kind === "Single" || kind === "Pedersen", "trustees_malformed", "kind");
    if (kind === "Single") {
      const key = element(body?.public_key, "trustees");
      await threshold.checkKey(body, key, null, threshold.trusteeAt(items.length + 1));
      items.push({ single: key, threshold: 1, keys: [key] });
      parts.push(key);
    } else {
      const { item, key } = await checkPedersen(body);
      items.push(item);
      parts.push(key);
    }
  }
  demand(product(parts) === election.y, "public_key_wrong");
  return items;
}

/** @param {any} body @returns {Promise<{item: Item, key: bigint}>} */
async function checkPedersen(body) {
  const extended = body !== null && typeof body === "object" && "signatures" in body;
  fields(body, ["threshold", "certs", "coefexps", ...(extended ? ["signatures"] : []), "verification_keys"], "trustees");
  demand(Array.isArray(body.certs), "trustees_malformed", "certs");
  const shape = { size: body.certs.length, threshold: body.threshold };
  const fits = Number.isInteger(shape.threshold) && shape.threshold >= 1 && shape.threshold <= shape.size;
  demand(fits, "trustees_malformed", "threshold");
  list(body.coefexps, shape.size, "trustees");
  list(body.verification_keys, shape.size, "trustees");
  if (extended) list(body.signatures, shape.size, "trustees");
  const certs = [];
  for (const [i, message] of body.certs.entries()) certs.push(await threshold.readCertificate(message, i + 1, shape, !extended));
  threshold.demandDistinct(certs);
  /** @type {bigint[][]} */
  const all = [];
  for (const [i, message] of body.coefexps.entries()) {
    all.push(await threshold.readCoefexps(message, certs[i], shape.threshold));
    if (extended) await threshold.checkBound(body.signatures[i], certs, i + 1, all[i]);
  }
  const keys = threshold.verificationKeys(all);
  for (const [i, key] of keys.entries()) {
    await threshold.checkKey(body.verification_keys[i], key, extended ? certs[i] : null, threshold.trusteeAt(i + 1));
  }
  return { item: { single: null, threshold: shape.threshold, keys }, key: threshold.publicKey(all) };
}

/** @param {string} raw @returns {Map<bigint, string>} public credentials as written */
function readCredentials(raw) {
  const read = canonical(raw, "credentials");
  demand(Array.isArray(read), "credentials_malformed");
  const found = new Map();
  for (const text of read) {
    demand(!String(text).includes(","), "credential_weighted");
    const x = element(text, "credentials");
    demand(x !== 1n, "neutral_element", "credentials");
    demand(!found.has(x), "credential_repeated");
    found.set(x, text);
  }
  return found;
}

/** Of every ballot by itself, where there is a worker on every core. @param {Archive} archive @param {Options} options */
async function checkBallots(archive, options) {
  const { workerUrl, workers, progress } = options;
  const all = archive.ballots.length;
  progress?.(0, all);
  if (workerUrl && all > 1) {
    const jobs = archive.ballots.map((raw) => ({ raw }));
    const count = workers ?? Math.min(navigator.hardwareConcurrency || 2, 8);
    try {
      const found = await runJobs(workerUrl, count, { election: archive.election }, jobs, (done) => progress?.(done, all));
      return /** @type {CheckedBallot[]} */ (found);
    } catch (reason) {
      if (reason instanceof Fault) throw reason; // otherwise the workers could not be had: slower, but here
    }
  }
  const election = await parseElection(archive.election, 8);
  const checked = [];
  for (const [i, raw] of archive.ballots.entries()) {
    checked.push(await ballotAt(election, raw, i));
    progress?.(i + 1, all);
  }
  return checked;
}

/** @param {Election} election @param {string} raw @param {number} position @returns {Promise<CheckedBallot>} */
export async function ballotAt(election, raw, position) {
  try {
    return await checkBallot(election, raw);
  } catch (reason) {
    if (reason instanceof Fault) throw new Fault(reason.code, `ballot=${position + 1} ${reason.detail}`.trim());
    throw reason;
  }
}

/** On the list, and each only once. @param {CheckedBallot[]} ballots @param {Map<bigint, string>} credentials */
function checkVoters(ballots, credentials) {
  const seen = new Set();
  const trackers = new Set();
  ballots.forEach(({ credential, tracker }) => {
    demand(credentials.has(credential), "credential_unknown", tracker);
    demand(!trackers.has(tracker), "ballot_replayed", tracker);
    demand(!seen.has(credential), "credential_used_twice", tracker);
    seen.add(credential);
    trackers.add(tracker);
  });
}

/** @param {any} sized @param {string} raw @param {CheckedBallot[]} ballots @param {Election} election @returns {Cipher[][]} */
function checkTally(sized, raw, ballots, election) {
  const rows = canonical(raw, "tally");
  tallyShape(rows, election, "tally");
  demand(sized.num_tallied === ballots.length && sized.total_weight === ballots.length, "num_tallied_wrong");
  return rows.map((/** @type {any[]} */ row, /** @type {number} */ i) =>
    row.map((ciphertext, j) => {
      cipherFields(ciphertext, "tally");
      const alpha = product(ballots.map((ballot) => ballot.ciphertexts[i][j].alpha));
      const beta = product(ballots.map((ballot) => ballot.ciphertexts[i][j].beta));
      demand(ciphertext.alpha === alpha.toString() && ciphertext.beta === beta.toString(), "encrypted_tally_wrong", `${i + 1}.${j + 1}`);
      return { alpha, beta };
    }),
  );
}

/** @param {Archive} archive @param {Item[]} items @param {Cipher[][]} sums @param {Election} election @returns {Promise<Map<number, bigint[][]>>} */
async function checkPartials(archive, items, sums, election) {
  const keys = items.flatMap((item) => item.keys);
  const found = new Map();
  for (const { owner, raw } of archive.partials) {
    demand(Number.isInteger(owner) && owner >= 1 && owner <= keys.length, "partial_owner_unknown", threshold.trusteeAt(owner));
    demand(!found.has(owner), "partial_repeated", threshold.trusteeAt(owner));
    found.set(owner, await checkPartial(raw, owner, keys[owner - 1], sums, election));
  }
  return found;
}

/**
 * @param {string} raw @param {number} owner @param {bigint} x the owner's verification key @param {Cipher[][]} sums @param {Election} election
 * @returns {Promise<bigint[][]>} the factors
 */
export async function checkPartial(raw, owner, x, sums, election) {
  const who = threshold.trusteeAt(owner);
  const read = canonical(raw, "partial");
  fields(read, ["decryption_factors", "decryption_proofs"], "partial");
  tallyShape(read.decryption_factors, election, "partial");
  tallyShape(read.decryption_proofs, election, "partial");
  const prefix = `decrypt|${election.fingerprint}|${x}|`;
  const key = new Table(x, 4);
  const factors = [];
  for (const [i, row] of sums.entries()) {
    const line = [];
    for (const [j, { alpha }] of row.entries()) {
      const factor = element(read.decryption_factors[i][j], "partial");
      const held = await provesEqual(prefix, key, alpha, factor, read.decryption_proofs[i][j], "partial");
      demand(held, "partial_proof", who);
      line.push(factor);
    }
    factors.push(line);
  }
  return factors;
}

/** λ_d for the numbers given. @param {readonly number[]} numbers @returns {bigint[]} */
export function lagrange(numbers) {
  return numbers.map((d) => {
    const others = numbers.filter((k) => k !== d);
    const above = others.reduce((so, k) => modQ(so * BigInt(k)), 1n);
    const below = others.reduce((so, k) => modQ(so * BigInt(k - d)), 1n);
    return modQ(above * inverse(below, Q));
  });
}

/** Which partial decryptions open one item's part, with their exponents. @param {Item[]} items @param {Map<number, bigint[][]>} factors */
function openers(items, factors) {
  /** @type {{owner: number, weight: bigint}[]} */
  const chosen = [];
  let first = 1;
  for (const item of items) {
    const from = first;
    const present = item.keys.map((_, i) => i + 1).filter((i) => factors.has(from + i - 1)).slice(0, item.threshold);
    demand(present.length === item.threshold, "partials_too_few", `${present.length} < ${item.threshold}`);
    const weights = item.single === null ? lagrange(present) : [1n];
    present.forEach((i, at) => chosen.push({ owner: from + i - 1, weight: weights[at] }));
    first += item.keys.length;
  }
  return chosen;
}

/**
 * @param {string} raw @param {Item[]} items @param {Map<number, bigint[][]>} factors @param {Cipher[][]} sums @param {Election} election
 * @param {number} voters @returns {number[][]}
 */
function checkResult(raw, items, factors, sums, election, voters) {
  const read = canonical(raw, "result");
  fields(read, ["result"], "result");
  tallyShape(read.result, election, "result");
  const chosen = openers(items, factors);
  sums.forEach((row, i) =>
    row.forEach(({ beta }, j) => {
      const count = read.result[i][j];
      demand(Number.isInteger(count) && count >= 0 && count <= voters, "result_wrong", `${i + 1}.${j + 1}`);
      const parts = chosen.map(({ owner, weight }) => power(/** @type {bigint[][]} */ (factors.get(owner))[i][j], weight));
      const opened = (product(parts) * generator.power(BigInt(count))) % P;
      demand(opened === beta, "result_wrong", `${i + 1}.${j + 1}`);
    }),
  );
  return read.result;
}

/**
 * @param {Expectations} expect @param {Omit<Report, "checks">} report @param {Map<bigint, string>} credentials @param {CheckedBallot[]} ballots
 */
function checkExpected(expect, report, credentials, ballots) {
  const compare = (/** @type {unknown} */ wanted, /** @type {unknown} */ found, /** @type {string} */ code) =>
    demand(wanted === undefined || wanted === null || wanted === found, code, `${wanted} ≠ ${found}`);
  compare(expect.election, report.fingerprints.election, "expected_election");
  compare(expect.trustees, report.fingerprints.trustees, "expected_trustees");
  compare(expect.credentials, report.fingerprints.credentials, "expected_credentials");
  compare(expect.final_event, report.fingerprints.final_event, "expected_final_event");
  compare(expect.credential_count, credentials.size, "expected_credential_count");
  compare(expect.ballots, ballots.length, "expected_ballots");
  const withdrawn = new Set(expect.withdrawn ?? []);
  for (const { credential, tracker } of ballots) {
    demand(!withdrawn.has(credential.toString()), "withdrawn_credential_used", tracker);
  }
}

