// Keeps the search working without a network: a service worker that touches the files of the search
// and nothing else. Pages and forms never come from here.
//
// Published as /search-offline.js, with the names of the modules in the place of the empty list.
const MODULES = [];
const KEPT = "search";
const INDEX = "/search-index/";
const OURS = /^\/(search-index|theme\/js\/search|theme\/js\/modules\/search[^/]*|theme\/vendor\/lunr)/;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepAll());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !OURS.test(pathname)) return;
  event.respondWith(fromNetworkOrKept(event.request));
});

async function keepAll() {
  const cache = await caches.open(KEPT);
  const manifest = await fetch(`${INDEX}manifest.json`, { cache: "force-cache" });
  const { index } = await manifest.json();
  const files = [`${INDEX}manifest.json`, INDEX + index, ...MODULES];
  // The page has just loaded them all: nothing is asked of the network a second time.
  await cache.addAll(files.map((file) => new Request(file, { cache: "force-cache" })));
}

/** The network knows best; without it the last answer is good. */
async function fromNetworkOrKept(request) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await keep(cache, request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

/** An index has its fingerprint in its name: a new one replaces the old. */
async function keep(cache, request, response) {
  const { pathname } = new URL(request.url);
  for (const old of await cache.keys()) {
    const path = new URL(old.url).pathname;
    const isOld = path.startsWith(`${INDEX}index-`) && pathname.startsWith(`${INDEX}index-`);
    if (path === pathname || isOld) await cache.delete(old);
  }
  await cache.put(request, response);
}
