// @ts-check
/** Jobs spread over workers, each worker given the next job when it is done with one; the first failure ends all. */
import { Fault } from "./fault.js";

/** @typedef {{at: number, value?: unknown, code?: string, detail?: string}} Answer */

/**
 * @param {string} url of the worker's module @param {number} count @param {object} setup what every worker gets first
 * @param {readonly object[]} jobs @param {(done: number) => void} progress @returns {Promise<unknown[]>} in the order of the jobs
 */
export function runJobs(url, count, setup, jobs, progress) {
  return new Promise((resolve, reject) => {
    /** @type {unknown[]} */
    const values = new Array(jobs.length);
    let [next, done] = [0, 0];
    const workers = Array.from({ length: Math.max(1, Math.min(count, jobs.length)) }, () => new Worker(url, { type: "module" }));
    const finish = (/** @type {() => void} */ settle) => {
      workers.forEach((worker) => worker.terminate());
      settle();
    };
    const give = (/** @type {Worker} */ worker) => {
      if (next < jobs.length) worker.postMessage({ at: next, job: jobs[next++] });
    };
    for (const worker of workers) {
      worker.onerror = (event) => finish(() => reject(new Error(event.message || "worker")));
      worker.onmessage = (/** @type {MessageEvent<Answer>} */ event) => {
        const { at, value, code, detail } = event.data;
        if (code) return finish(() => reject(new Fault(code, detail)));
        values[at] = value;
        progress((done += 1));
        if (done === jobs.length) return finish(() => resolve(values));
        give(worker);
      };
      worker.postMessage({ setup });
      give(worker);
    }
  });
}
