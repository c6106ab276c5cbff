// @ts-check
/** The sealed ballot outlives a reload of its tab: never the marks, never the slip's words. */

/** @typedef {{state: "sent" | "cast", raw: string, tracker: string, trackerHex: string}} Kept */

export class BallotStore {
  /** @param {string} key of the poll */
  constructor(key) {
    this.name = `openrenda.ballot.${key}`;
  }

  /** @returns {Kept | null} */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "null");
    } catch {
      return null; // unreadable or forbidden: as if there were none
    }
  }

  /** @param {Kept | null} value */
  write(value) {
    try {
      if (value) sessionStorage.setItem(this.name, JSON.stringify(value));
      else sessionStorage.removeItem(this.name);
    } catch {
      // Storage is full or forbidden: the ballot still lives in memory.
    }
  }
}
