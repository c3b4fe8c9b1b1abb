// Reports a search without a sure answer, so that somebody writes one. Only the words are sent: no
// cookie goes along that says who asked, and the server keeps neither numbers nor addresses.
const ADDRESS = "/api/v1/search-misses";
const PAUSE_MS = 2000;

export class MissReport {
  #query = "";
  #timer = 0;
  #told = new Set();

  /** Keep a query that found no answer until it has settled: nobody has typed on for a while. */
  hold(query) {
    this.drop();
    this.#query = query;
    this.#timer = setTimeout(() => this.settle(), PAUSE_MS);
  }

  /** Forget the query that waits: somebody types on, or the server's own page will count it. */
  drop() {
    clearTimeout(this.#timer);
    this.#query = "";
  }

  /** Report the query that waits, each one once. */
  settle() {
    const query = this.#query;
    this.drop();
    if (query === "" || this.#told.has(query)) return;
    this.#told.add(query);
    const body = new Blob([JSON.stringify({ q: query })], { type: "application/json" });
    navigator.sendBeacon(ADDRESS, body);
  }
}
