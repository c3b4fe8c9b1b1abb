// The search engine in a Web Worker, so that neither loading nor searching ever blocks the page.
//
// In:  {load: address of the index folder}            Out: {ready: true} or {failed: message}
//      {query, number, limit?, kind?}                      {number, answer}
import { SearchEngine } from "./engine.mjs";

let loading = null;

addEventListener("message", async ({ data }) => {
  if (data.load) {
    loading ??= load(data.load);
    loading.then(
      () => postMessage({ ready: true }),
      (error) => {
        loading = null; // The next attempt starts afresh.
        postMessage({ failed: String(error) });
      },
    );
    return;
  }
  const engine = await loading;
  const { number, query, limit, kind } = data;
  postMessage({ number, answer: engine.search(query, { limit, kind }) });
});

/** The manifest is asked for anew; the index has its fingerprint in its name and may be cached. */
async function load(folder) {
  const manifest = await (await get(folder + "manifest.json", "no-cache")).json();
  return new SearchEngine(await (await get(folder + manifest.index, "force-cache")).text());
}

async function get(address, cache) {
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
