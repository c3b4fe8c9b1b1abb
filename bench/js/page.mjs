// What bench/peers.py runs inside Chromium. `window.bench` is what it calls.
import { SearchEngine } from "/theme/js/search/engine.mjs";
import { Finder } from "/theme/js/modules/search-finder.js";

/** How long a fixed piece of arithmetic takes: tells how much a throttle slows this thread. */
function work() {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 2e7; i++) sum = (sum + i * 7) % 1000003;
  return sum < 0 ? 0 : performance.now() - start;
}

/** Call `act` while a task that reschedules itself watches for the longest pause of the page. */
async function longestPause(act) {
  let longest = 0;
  let last = performance.now();
  let watching = true;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  const result = await act();
  watching = false;
  channel.port1.close();
  return { longest, result };
}

async function timed(questions, ask) {
  const times = [];
  for (const question of questions) {
    const start = performance.now();
    await ask(question);
    times.push(performance.now() - start);
  }
  return times;
}

const workerSource = `${work}; postMessage(work());`;

window.bench = {
  work,
  workInWorker: () =>
    new Promise((resolve) => {
      const worker = new Worker(URL.createObjectURL(new Blob([workerSource])));
      worker.onmessage = ({ data }) => resolve(data);
    }),
  /** As a reader does it: worker, index, questions one after the other. */
  async throughWorker(questions) {
    const finder = new Finder();
    const load = await longestPause(async () => {
      const start = performance.now();
      await finder.load();
      return performance.now() - start;
    });
    const asking = await longestPause(() => timed(questions, (text) => finder.find(text, 6)));
    return {
      loadMs: load.result,
      loadPause: load.longest,
      times: asking.result,
      askPause: asking.longest,
    };
  },
  /** The same questions on the page's own thread, which the throttle is sure to reach. */
  async onPage(questions) {
    const manifest = await (await fetch("/search-index/manifest.json")).json();
    const text = await (await fetch(`/search-index/${manifest.index}`)).text();
    const start = performance.now();
    const engine = new SearchEngine(text);
    const loadMs = performance.now() - start;
    await timed(questions, (question) => engine.search(question, { limit: 6 }));
    return { loadMs, times: await timed(questions, (q) => engine.search(q, { limit: 6 })) };
  },
};
