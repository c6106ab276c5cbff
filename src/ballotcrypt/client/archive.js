// @ts-check
/** The archive: a tar file that only grows, each event naming the one before. Every byte is accounted for. */
import { canonical, demand, fields } from "./fault.js";
import { hexHash } from "./hash.js";

/** @typedef {{name: string, bytes: Uint8Array}} Entry */
/** @typedef {{owner: number, raw: string}} Partial */
/** @typedef {{parent?: string, height: number, type: string, payload?: string}} Event */
/**
 * @typedef {object} Archive
 * @property {string} timestamp
 * @property {string} election
 * @property {string} trustees
 * @property {string} credentials
 * @property {string[]} ballots
 * @property {string[]} ballotHashes
 * @property {string | null} encryptedTally
 * @property {any} sized
 * @property {Partial[]} partials
 * @property {string | null} result
 * @property {string} finalHash
 */

const BLOCK = 512;
const FAULT = "archive_malformed";
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {Uint8Array} bytes @param {string} code @returns {string} */
function text(bytes, code) {
  try {
    return decoder.decode(bytes);
  } catch {
    demand(false, code, "utf-8");
    return "";
  }
}

/** The one header that a file of this name, size and time can have. @param {string} name @param {number} size @param {number} time */
function header(name, size, time) {
  const block = new Uint8Array(BLOCK);
  const put = (/** @type {string} */ value, /** @type {number} */ at) => {
    for (let i = 0; i < value.length; i++) block[at + i] = value.charCodeAt(i);
  };
  const octal = (/** @type {number} */ value, /** @type {number} */ digits) => value.toString(8).padStart(digits, "0");
  put(name, 0);
  put("0000644", 100);
  put("0000000", 108);
  put("0000000", 116);
  put(octal(size, 11), 124);
  put(octal(time, 11), 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  const sum = block.reduce((so, byte) => so + byte, 0);
  put(`${octal(sum, 6)}\0 `, 148);
  return block;
}

/** @param {Uint8Array} data @param {number} from @param {number} to @param {string} what */
function ascii(data, from, to, what) {
  const end = data.subarray(from, to).indexOf(0);
  const bytes = data.subarray(from, end < 0 ? to : from + end);
  demand(
    bytes.every((byte) => byte > 32 && byte < 127),
    FAULT,
    what,
  );
  return String.fromCharCode(...bytes);
}

/** @param {Uint8Array} a @param {Uint8Array} b */
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Entry after entry; each header must be the one we would write. @param {Uint8Array} data @returns {{time: number, entries: Entry[]}} */
function readEntries(data) {
  demand(data.length > 0 && data.length % BLOCK === 0, FAULT, "length");
  const entries = [];
  let time = -1;
  for (let at = 0; at < data.length; ) {
    const where = `entry ${entries.length}`;
    const name = ascii(data, at, at + 100, where);
    const size = ascii(data, at + 124, at + 136, where);
    const stamp = ascii(data, at + 136, at + 148, where);
    demand(/^[0-7]{11}$/.test(size) && /^[0-7]{11}$/.test(stamp), FAULT, where);
    if (time < 0) time = Number.parseInt(stamp, 8);
    const length = Number.parseInt(size, 8);
    demand(same(data.subarray(at, at + BLOCK), header(name, length, time)), FAULT, where);
    const end = at + BLOCK + length;
    const next = at + BLOCK + Math.ceil(length / BLOCK) * BLOCK;
    demand(next <= data.length, "archive_truncated", where);
    demand(data.subarray(end, next).every((byte) => byte === 0), FAULT, where);
    entries.push({ name, bytes: data.subarray(at + BLOCK, end) });
    at = next;
  }
  return { time, entries };
}

/** Every body has the name its hash gives it. @param {Entry[]} entries @returns {Promise<string[]>} the hashes */
async function checkNames(entries) {
  const hashes = [];
  for (const { name, bytes } of entries) {
    const hash = await hexHash(bytes);
    demand(name === `${hash}.data.json` || name === `${hash}.event.json`, "entry_altered", name);
    hashes.push(hash);
  }
  return hashes;
}

/** How many data entries stand before an event of each kind. @type {Record<string, number>} */
const DATA_BEFORE = { Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, PartialDecryption: 2, Result: 1 };
/** Which kinds may follow which: one setup, the ballots without a break, the end, the tally, its opening. @type {Record<string, string[]>} */
const AFTER = {
  "": ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/** The name of the fault when an event of one kind stands after another, or nothing does. @param {string} before @param {string} type */
function misplaced(before, type) {
  if (before === "") return "setup_missing";
  if (type === "Setup") return "setup_repeated";
  if (type === "Ballot") return "ballot_after_end";
  if (before === "Setup" || before === "Ballot") return "end_ballots_missing";
  if (before === "EndBallots") return "encrypted_tally_missing";
  if (before === "EncryptedTally" && type === "Result") return "partials_too_few";
  return type === "" ? "result_missing" : "event_order";
}

/** @param {Entry} entry @param {string | null} parent @param {number} height @param {string} before @returns {Event} */
function readEvent(entry, parent, height, before) {
  const event = canonical(text(entry.bytes, "event_malformed"), "event");
  const names = [...(parent === null ? [] : ["parent"]), "height", "type", ...(event.type === "EndBallots" ? [] : ["payload"])];
  demand(typeof event.type === "string" && Object.hasOwn(DATA_BEFORE, event.type), "event_malformed", `height ${height}`);
  demand(AFTER[before].includes(event.type), misplaced(before, event.type), `height ${height}`);
  fields(event, names, "event");
  demand(event.height === height, "chain_broken", `height ${height}`);
  demand(parent === null || event.parent === parent, "chain_broken", `height ${height}`);
  return event;
}

/**
 * Reads the whole file: container, names, chain, order of events. What the contents say is for `verify.js`.
 * @param {Uint8Array} data @returns {Promise<Archive>}
 */
export async function readArchive(data) {
  const { time, entries } = readEntries(data);
  const [first, ...rest] = entries;
  demand(first.name === "BELENIOS", "archive_header");
  const head = canonical(text(first.bytes, "archive_header"), "header");
  fields(head, ["version", "timestamp"], "header");
  demand(head.version === 1 && head.timestamp === String(time), "archive_header", "timestamp");
  const hashes = await checkNames(rest);
  /** @type {Archive} */
  const archive = {
    timestamp: head.timestamp, election: "", trustees: "", credentials: "", ballots: [], ballotHashes: [],
    encryptedTally: null, sized: null, partials: [], result: null, finalHash: "",
  };
  let [at, height, before] = [0, 0, ""];
  /** @type {string | null} */
  let parent = null;
  while (at < rest.length) {
    const start = at;
    while (at < rest.length && rest[at].name.endsWith(".data.json")) at += 1;
    demand(at < rest.length, "entry_unreferenced", rest[start].name);
    const event = readEvent(rest[at], parent, height, before);
    demand(at - start === DATA_BEFORE[event.type], "entry_unreferenced", rest[start].name);
    if (at > start) demand(event.payload === hashes[at - 1], "entry_mismatch", `height ${height}`);
    place(archive, event.type, rest.slice(start, at), hashes.slice(start, at));
    parent = hashes[at];
    height += 1;
    before = event.type;
    at += 1;
  }
  demand(parent !== null && before === "Result", misplaced(before, ""));
  archive.finalHash = parent;
  return archive;
}

/** @param {Archive} archive @param {string} type @param {Entry[]} data @param {string[]} hashes */
function place(archive, type, data, hashes) {
  const bodies = data.map((entry) => text(entry.bytes, "event_malformed"));
  if (type === "Setup") {
    [archive.election, archive.trustees, archive.credentials] = bodies;
    const wanted = { election: hashes[0], trustees: hashes[1], credentials: hashes[2] };
    demand(bodies[3] === JSON.stringify(wanted), "entry_mismatch", "Setup");
  } else if (type === "Ballot") {
    archive.ballots.push(bodies[0]);
    archive.ballotHashes.push(hashes[0]);
  } else if (type === "EncryptedTally") {
    archive.encryptedTally = bodies[0];
    archive.sized = canonical(bodies[1], "tally");
    fields(archive.sized, ["num_tallied", "total_weight", "encrypted_tally"], "tally");
    demand(archive.sized.encrypted_tally === hashes[0], "entry_mismatch", "EncryptedTally");
  } else if (type === "PartialDecryption") {
    const owned = canonical(bodies[1], "partial");
    fields(owned, ["owner", "payload"], "partial");
    demand(owned.payload === hashes[0], "entry_mismatch", "PartialDecryption");
    archive.partials.push({ owner: owned.owner, raw: bodies[0] });
  } else if (type === "Result") {
    archive.result = bodies[0];
  }
}
