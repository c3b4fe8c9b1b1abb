// Attaches behaviour to markup: an element that says data-module="print" gets modules/print.js.
// Every page works without this file; a module that fails to load changes nothing.

// Modules are fetched with this file's own version, so a new build never mixes with a cached one.
const version = new URL(import.meta.url).search;

const KNOWN = new Set([
  "character-count",
  "compare",
  "copy",
  "error-summary",
  "files",
  "menu",
  "once",
  "print",
  "search",
  "valid-to",
]);

async function start(element) {
  for (const name of element.dataset.module.split(" ")) {
    if (!KNOWN.has(name)) continue;
    try {
      const module = await import(`./modules/${name}.js${version}`);
      module.default(element);
    } catch (error) {
      console.warn(`module ${name} did not start`, error);
    }
  }
}

document.querySelectorAll("[data-module]").forEach(start);
