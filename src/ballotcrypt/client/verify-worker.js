// @ts-check
/** One core's share of an archive's ballots. */
import { Fault } from "./fault.js";
import { parseElection } from "./election.js";
import { ballotAt } from "./verify.js";

/** @type {Promise<import("./election.js").Election> | null} */
let election = null;

self.addEventListener("message", async (event) => {
  const { setup, at, job } = event.data;
  if (setup) {
    election = parseElection(setup.election, 8);
    return;
  }
  try {
    if (!election) throw new Error("no election yet");
    postMessage({ at, value: await ballotAt(await election, job.raw, at) });
  } catch (reason) {
    const known = reason instanceof Fault;
    postMessage({ at, code: known ? reason.code : "ballot_malformed", detail: known ? reason.detail : String(reason) });
  }
});
