// @ts-check
/**
 * Ballots: made on the voter's own device, opened again for a voter who wants to see what her device encrypts, and
 * checked by anyone.
 */
import { canonical, decimal, demand, fields, list } from "./fault.js";
import { element, generator, modQ, P, product, randomScalar } from "./group.js";
import { fingerprint, hexHash } from "./hash.js";
import { cipherFields } from "./election.js";
import { proveOneOf, provesOneOf, sign, signed } from "./proof.js";

/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./election.js").Question} Question */
/** @typedef {import("./credential.js").Credential} Credential */
/** @typedef {{m: bigint, r: bigint, alpha: bigint, beta: bigint}} Choice one encrypted mark with what only its maker knows */
/** @typedef {{raw: string, tracker: string, trackerHex: string, openings: string[][]}} Ballot openings: the randomness of each mark */
/** @typedef {{raw: string, credential: bigint, tracker: string, trackerHex: string, ciphertexts: {alpha: bigint, beta: bigint}[][]}} CheckedBallot */

const WHERE = "ballot";
const BITS = /** @type {const} */ ([0n, 1n]);

/** The marks with the leading one for blank, or why they are none. @param {Question} question @param {readonly number[]} marks */
function plaintext(question, marks) {
  const { answers, minimum, maximum, blank } = question;
  if (marks.length !== answers.length || marks.some((m) => m !== 0 && m !== 1)) throw new RangeError("marks are 0 or 1, one per answer");
  const sum = marks.reduce((so, m) => so + m, 0);
  const empty = blank && sum === 0;
  if (!empty && (sum < minimum || sum > maximum)) throw new RangeError(`between ${minimum} and ${maximum} marks`);
  return blank ? [empty ? 1 : 0, ...marks] : [...marks];
}

/** @param {number} mark @param {Election} election @returns {Choice} */
function encryptMark(mark, election) {
  const r = randomScalar();
  const m = BigInt(mark);
  const shared = election.key.power(r);
  return { m, r, alpha: generator.power(r), beta: mark ? (shared * generator.base) % P : shared };
}

/** @param {readonly {alpha: bigint, beta: bigint}[]} choices @returns {string} */
const joined = (choices) => choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",");

/** The values that a question's sum may have. @param {Question} question @returns {bigint[]} */
const sums = ({ minimum, maximum }) => Array.from({ length: maximum - minimum + 1 }, (_, i) => BigInt(minimum + i));

/** @param {{alpha: bigint, beta: bigint}} cipher @param {string} z */
const disjunction = ({ alpha, beta }, z) => `prove|${z}|${alpha},${beta}|`;

/** @param {readonly {alpha: bigint, beta: bigint}[]} choices */
function total(choices) {
  return { alpha: product(choices.map((one) => one.alpha)), beta: product(choices.map((one) => one.beta)) };
}

/** @param {Question} question @param {readonly Choice[]} choices @param {string} s @param {Election} election */
async function proveSum(question, choices, s, election) {
  const counted = question.blank ? choices.slice(1) : choices;
  const r = modQ(counted.reduce((sum, one) => sum + one.r, 0n));
  const m = counted.reduce((sum, one) => sum + one.m, 0n);
  const claims = sums(question).map((value) => ({ r, gap: m - value }));
  if (!question.blank) return { overall_proof: await proveOneOf(disjunction(total(counted), s), claims, election.key) };
  const blank = choices[0];
  const overall = [{ r: blank.r, gap: blank.m - 1n }, ...claims];
  const either = [{ r: blank.r, gap: blank.m }, { r, gap: m }];
  return {
    overall_proof: await proveOneOf(`bproof1|${s}|`, overall, election.key),
    blank_proof: await proveOneOf(`bproof0|${s}|`, either, election.key),
  };
}

/** @param {Question} question @param {readonly number[]} marks @param {string} s0 @param {Election} election @param {() => Promise<void>} step */
async function answer(question, marks, s0, election, step) {
  const choices = plaintext(question, marks).map((mark) => encryptMark(mark, election));
  const individual = [];
  for (const choice of choices) {
    const claims = BITS.map((value) => ({ r: choice.r, gap: choice.m - value }));
    individual.push(await proveOneOf(disjunction(choice, s0), claims, election.key));
    await step();
  }
  const proofs = await proveSum(question, choices, `${s0}|${joined(choices)}`, election);
  const written = choices.map(({ alpha, beta }) => ({ alpha: alpha.toString(), beta: beta.toString() }));
  await step();
  return {
    json: { choices: written, individual_proofs: individual, ...proofs },
    opening: choices.map((choice) => choice.r.toString()),
  };
}

/**
 * Encrypts the marks, one row of 0 and 1 per question, and signs with the credential.
 * @param {Election} election @param {Credential} credential @param {readonly (readonly number[])[]} votes
 * @param {(done: number, all: number) => void | Promise<void>} [progress] @returns {Promise<Ballot>}
 */
export async function encrypt(election, credential, votes, progress) {
  if (votes.length !== election.questions.length) throw new RangeError("one row of marks per question");
  const all = election.questions.reduce((sum, q) => sum + q.answers.length + (q.blank ? 2 : 1), 0);
  let done = 0;
  const step = async () => progress?.((done += 1), all);
  const s0 = `${election.fingerprint}|${credential.public}`;
  const answers = [];
  for (const [i, question] of election.questions.entries()) answers.push(await answer(question, votes[i], s0, election, step));
  const body = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: credential.public.toString(),
    answers: answers.map((one) => one.json),
  };
  const hash = await fingerprint(JSON.stringify(body));
  const proof = await sign(`sig|${hash}|`, credential.secret);
  const raw = JSON.stringify({ ...body, signature: { hash, proof } });
  return { raw, ...(await trackers(raw)), openings: answers.map((one) => one.opening) };
}

/** @param {string} raw */
async function trackers(raw) {
  return { tracker: await fingerprint(raw), trackerHex: await hexHash(raw) };
}

/**
 * What a ballot holds, by its randomness and nothing else: alpha = g^r and beta = y^r·g^m leave one m only.
 * @param {Election} election @param {string} raw @param {readonly (readonly string[])[]} openings @returns {number[][]} marks, blank first
 */
export function open(election, raw, openings) {
  const ballot = canonical(raw, WHERE);
  list(ballot.answers, openings.length, WHERE);
  return openings.map((row, i) => {
    list(ballot.answers[i].choices, row.length, WHERE);
    return row.map((text, j) => openMark(election, ballot.answers[i].choices[j], decimal(text, WHERE)));
  });
}

/** @param {Election} election @param {{alpha: string, beta: string}} choice @param {bigint} r @returns {number} */
function openMark(election, choice, r) {
  demand(choice.alpha === generator.power(r).toString(), "ballot_malformed", "opening");
  const zero = election.key.power(r);
  if (choice.beta === zero.toString()) return 0;
  demand(choice.beta === ((zero * generator.base) % P).toString(), "ballot_malformed", "opening");
  return 1;
}

/** @param {any} read @param {Question} question @param {string} s0 @param {Election} election */
async function checkAnswer(read, question, s0, election) {
  const { answers, blank } = question;
  fields(read, ["choices", "individual_proofs", "overall_proof", ...(blank ? ["blank_proof"] : [])], WHERE);
  const length = answers.length + (blank ? 1 : 0);
  list(read.choices, length, WHERE);
  list(read.individual_proofs, length, WHERE);
  const choices = [];
  for (const [j, written] of read.choices.entries()) {
    cipherFields(written, WHERE);
    const choice = { alpha: decimal(written.alpha, WHERE), beta: decimal(written.beta, WHERE) };
    const inRange = choice.alpha > 0n && choice.alpha < P && choice.beta > 0n && choice.beta < P;
    demand(inRange, "not_in_group", "choice");
    const cipher = { ...choice, values: BITS, raw: true };
    const held = await provesOneOf(disjunction(choice, s0), [cipher], read.individual_proofs[j], election.key, WHERE);
    demand(held, "ballot_individual_proof");
    choices.push(choice);
  }
  await checkSum(read, question, choices, `${s0}|${joined(choices)}`, election);
  return choices;
}

/** @param {any} read @param {Question} question @param {{alpha: bigint, beta: bigint}[]} choices @param {string} s @param {Election} election */
async function checkSum(read, question, choices, s, election) {
  const sum = total(question.blank ? choices.slice(1) : choices);
  const cipher = { ...sum, values: sums(question) };
  if (!question.blank) {
    const held = await provesOneOf(disjunction(sum, s), [cipher], read.overall_proof, election.key, WHERE);
    demand(held, "ballot_overall_proof");
    return;
  }
  const overall = [{ ...choices[0], values: [1n] }, cipher];
  demand(await provesOneOf(`bproof1|${s}|`, overall, read.overall_proof, election.key, WHERE), "ballot_overall_proof");
  const either = [{ ...choices[0], values: [0n] }, { ...sum, values: [0n] }];
  demand(await provesOneOf(`bproof0|${s}|`, either, read.blank_proof, election.key, WHERE), "ballot_blank_proof");
}

/**
 * Everything a ballot must fulfil by itself; that its credential is on the list and used once is for the reader of the board.
 * @param {Election} election @param {string} raw @returns {Promise<CheckedBallot>}
 */
export async function checkBallot(election, raw) {
  const read = canonical(raw, WHERE);
  fields(read, ["election_uuid", "election_hash", "credential", "answers", "signature"], WHERE);
  demand(read.election_uuid === election.uuid && read.election_hash === election.fingerprint, "ballot_other_election");
  const { signature, ...body } = read;
  fields(signature, ["hash", "proof"], WHERE);
  const credential = element(read.credential, WHERE);
  demand(credential !== 1n, "neutral_element", "credential");
  demand(signature.hash === (await fingerprint(JSON.stringify(body))), "ballot_signature");
  demand(await signed(`sig|${signature.hash}|`, credential, signature.proof, WHERE), "ballot_signature");
  list(read.answers, election.questions.length, WHERE);
  const s0 = `${election.fingerprint}|${credential}`;
  const ciphertexts = [];
  for (const [i, question] of election.questions.entries()) {
    ciphertexts.push(await checkAnswer(read.answers[i], question, s0, election));
  }
  return { raw, credential, ...(await trackers(raw)), ciphertexts };
}
