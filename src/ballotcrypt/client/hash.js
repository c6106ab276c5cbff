// @ts-check
/** SHA-256 and PBKDF2: the browser's own where it offers them, the vendored ones on plain http inside a chamber's network. */
import { fromBytes, Q } from "./group.js";
import { pbkdf2Async } from "./vendor/noble-hashes/pbkdf2.js";
import { sha256 as slowSha256 } from "./vendor/noble-hashes/sha2.js";

const encoder = new TextEncoder();

/** @param {string | Uint8Array} data @returns {Uint8Array<ArrayBuffer>} */
const bytesOf = (data) => new Uint8Array(typeof data === "string" ? encoder.encode(data) : data);

/** @param {string | Uint8Array} data @returns {Promise<Uint8Array>} */
export async function sha256(data) {
  const bytes = bytesOf(data);
  return crypto.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)) : slowSha256(bytes);
}

/** @param {Uint8Array} bytes @returns {string} */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} text @returns {Uint8Array} */
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Without the final “=”. @param {Uint8Array} bytes @returns {string} */
export const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");

/** @param {string | Uint8Array} data @returns {Promise<string>} */
export const hexHash = async (data) => hex(await sha256(data));

/** @param {string | Uint8Array} data @returns {Promise<string>} 43 characters */
export const fingerprint = async (data) => base64(await sha256(data));

/** @param {string} prefix @param {readonly bigint[]} numbers @returns {Promise<bigint>} a challenge */
export const challenge = async (prefix, numbers) => fromBytes(await sha256(prefix + numbers.join(","))) % Q;

/** @param {string} password @param {string} salt @param {number} rounds @returns {Promise<Uint8Array>} 32 bytes */
export async function stretch(password, salt, rounds) {
  if (!crypto.subtle) return pbkdf2Async(slowSha256, bytesOf(password), bytesOf(salt), { c: rounds, dkLen: 32 });
  const key = await crypto.subtle.importKey("raw", bytesOf(password), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}
