// The table of a price sheet: filtered by name, code and group, and sorted. Without this file the
// whole table stands there in the order of the sheet.

const { fold } = await import("/theme/js/search/text.mjs");
const { PriceOrder } = await import(`./price-order.js${new URL(import.meta.url).search}`);

export default function start(element) {
  const table = element.querySelector("table");
  const [words, group, order] = ["#loc-ten", "#loc-nhom", "#xep-theo"].map((id) =>
    element.querySelector(id),
  );
  const count = element.querySelector("[data-count]");
  const sorted = new PriceOrder(table);
  const lines = sorted.lines.map((line) => ({ ...line, text: plain(line.row.textContent) }));

  function filter() {
    const wanted = plain(words.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const { row, text, title } of lines) {
      const fits = wanted.every((word) => text.includes(word));
      row.hidden = !fits || Boolean(group?.value && group.value !== title);
      if (!row.hidden) shown++;
    }
    sorted.titles();
    const all = shown === lines.length;
    // A whole table speaks for itself; a printed part of it has to say so.
    count.classList.toggle("no-print", all);
    count.textContent = all ? `${shown} dòng` : `Hiện ${shown} trong ${lines.length} dòng`;
  }

  function sort(column, direction) {
    sorted.by(column, direction);
    if (order) order.value = direction ? `${column} ${direction}` : "";
    filter();
  }

  function plain(text) {
    return fold(text.normalize("NFC").toLowerCase()).replace(/\s+/g, " ").trim();
  }

  words.addEventListener("input", filter);
  group?.addEventListener("change", filter);
  order?.addEventListener("change", () => {
    const [column, direction] = order.value.split(" ");
    sort(Number(column), direction ?? "");
  });
  sorted.buttons(sort);
  element.querySelector("[data-tools]").hidden = false;
  filter();
}
