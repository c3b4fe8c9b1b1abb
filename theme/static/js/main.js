// Attaches behaviour to markup: an element that says data-module="print" gets modules/print.js.
// Every page works without this file; a module that fails to load changes nothing.

// Modules are fetched with this file's own version, so a new build never mixes with a cached one.
const version = new URL(import.meta.url).search;

const KNOWN = new Set([
  "character-count",
  "compare",
  "copy",
  "document-version",
  "draft",
  "drafts",
  "error-summary",
  "files",
  "last-check",
  "menu",
  "once",
  "price-table",
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

// The key that leads to the search box waits for no module: what is typed after it is kept.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const input = document.querySelector('[data-module~="search"] input[name=q]');
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
});
