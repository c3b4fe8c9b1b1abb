// The search box: results as you type, in a list that keyboard and screen reader can use.
//
// The form works without this file: it leads to /tim-kiem/?q=…, and so does every failure here.
// Nothing is loaded before the box is used. Results are written with textContent only.

// Parts are fetched with this module's own version, so a new build never mixes with a cached one.
const version = new URL(import.meta.url).search;
const [{ Finder }, { MissReport }, { ResultPanel }] = await Promise.all([
  import(`./search-finder.js${version}`),
  import(`./search-misses.js${version}`),
  import(`./search-panel.js${version}`),
]);

const LIMIT = 6;

export default function searchBox(form) {
  const input = form.querySelector("input[name=q]");
  const panel = new ResultPanel(form, input);
  const finder = new Finder();
  const misses = new MissReport();
  let wanted = 0;

  async function update() {
    const query = input.value.trim();
    const number = ++wanted;
    misses.drop();
    if (query === "") return panel.close();
    try {
      if (!finder.ready) panel.say("Đang mở bộ tìm kiếm…");
      const answer = await finder.find(query, LIMIT);
      if (number !== wanted) return undefined;
      panel.show(query, answer);
      if (!answer.sure) misses.hold(query);
    } catch {
      if (number === wanted) panel.fail(query);
    }
    return undefined;
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!panel.isOpen) update();
      else panel.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && panel.activeAddress) {
      event.preventDefault();
      location.assign(panel.activeAddress);
    } else if (event.key === "Escape" && panel.isOpen) {
      event.preventDefault(); // Browsers would also clear the field.
      wanted++;
      panel.close();
    }
  }

  input.addEventListener("focus", () => finder.load().catch(() => {}), { once: true });
  input.addEventListener("input", update);
  // Quick hands type before this module has come: their words are not to wait for another key.
  if (document.activeElement === input) update();
  input.addEventListener("keydown", onKey);
  form.addEventListener("focusout", (event) => {
    if (form.contains(event.relatedTarget)) return;
    misses.settle();
    panel.close();
  });
  form.addEventListener("submit", () => misses.drop());
  addEventListener("pagehide", () => misses.settle());
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target)) panel.close();
  });
}
