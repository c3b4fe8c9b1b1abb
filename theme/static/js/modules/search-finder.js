// Talks to the search worker: loads it on first use and asks it one question at a time.
const WORKER = `/theme/js/search/worker.mjs${new URL(import.meta.url).search}`;
const INDEX = "/search-index/";
const OFFLINE = "/search-offline.js";

export class Finder {
  ready = false;
  #worker = null;
  #loading = null;
  #number = 0;
  #waiting = new Map();

  /** Start the worker and load the index, once. Rejects when either cannot be loaded. */
  load() {
    this.#loading ??= this.#start().catch((error) => {
      this.#worker?.terminate();
      this.#loading = null; // The next use tries again.
      throw error;
    });
    return this.#loading;
  }

  /** The best results for a query: see SearchEngine.search. */
  async find(query, limit) {
    await this.load();
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, query, limit });
    });
  }

  #start() {
    return new Promise((resolve, reject) => {
      this.#worker = new Worker(WORKER, { type: "module" });
      this.#worker.addEventListener("error", (event) => {
        const error = new Error(event.message ?? "the worker did not start");
        for (const waiting of this.#waiting.values()) waiting.reject(error);
        this.#waiting.clear();
        reject(error);
      });
      this.#worker.addEventListener("message", ({ data }) => {
        if (data.ready) {
          this.ready = true;
          resolve();
          // From now on the search also works without a network; if not, nothing is lost.
          navigator.serviceWorker?.register(OFFLINE).catch(() => {});
        } else if (data.failed) {
          reject(new Error(data.failed));
        } else {
          this.#waiting.get(data.number)?.resolve(data.answer);
          this.#waiting.delete(data.number);
        }
      });
      this.#worker.postMessage({ load: INDEX });
    });
  }
}
