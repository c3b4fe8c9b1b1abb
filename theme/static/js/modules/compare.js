// Two products side by side. The page has a table for each family; this module takes two columns
// out of them, of one family or of two, and marks what differs. The choice stands in the address,
// so that it can be sent to somebody: ?a=NC-10M&b=NC-18C.

const NOT_GIVEN = "Không ghi";

// Code -> {head, cells}: the head of the product's column, and its cells by the title of the row.
export function readProducts(tables) {
  const products = new Map();
  for (const table of tables) {
    const rows = [...table.querySelectorAll("tbody tr")];
    [...table.querySelectorAll("thead [data-code]")].forEach((head, column) => {
      const cells = rows.map((row) => [
        row.querySelector("th").textContent.trim(),
        row.querySelectorAll("td")[column],
      ]);
      products.set(head.dataset.code, { head, cells: new Map(cells) });
    });
  }
  return products;
}

// The titles of both, in order: those of the first product, then those only the second has.
export function titlesOf(first, second) {
  return [...new Set([...first.keys(), ...second.keys()])];
}

// The two codes to begin with: those of the address when they exist, else the first two.
export function chosen(search, codes) {
  const asked = new URLSearchParams(search);
  const a = codes.includes(asked.get("a")) ? asked.get("a") : codes[0];
  const b = codes.includes(asked.get("b")) ? asked.get("b") : codes.find((code) => code !== a);
  return { a, b };
}

function words(cell) {
  return cell ? cell.textContent.replace(/\s+/g, " ").trim() : NOT_GIVEN;
}

function copy(cell) {
  if (cell) return cell.cloneNode(true);
  const empty = document.createElement("td");
  empty.textContent = NOT_GIVEN;
  return empty;
}

function rowOf(title, a, b) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = title;
  const differs = words(a) !== words(b);
  if (differs) {
    row.className = "is-different";
    const mark = document.createElement("span");
    mark.className = "compare__mark";
    mark.textContent = " khác";
    head.append(mark);
  }
  row.append(head, copy(a), copy(b));
  return { row, differs };
}

export default function start(element) {
  const part = (name) => element.querySelector(`[data-compare${name}]`);
  const products = readProducts(element.querySelectorAll("[data-compare-family]"));
  const codes = [...products.keys()];
  if (codes.length < 2) return;
  const form = element.querySelector("form");

  function show() {
    const [a, b] = [products.get(form.a.value), products.get(form.b.value)];
    const corner = document.createElement("th");
    corner.scope = "col";
    corner.textContent = "Mẫu";
    const top = document.createElement("tr");
    top.append(corner, a.head.cloneNode(true), b.head.cloneNode(true));
    part("-head").replaceChildren(top);
    // A row of the family's table that neither of the two fills says nothing here.
    const made = titlesOf(a.cells, b.cells)
      .map((title) => [title, a.cells.get(title), b.cells.get(title)])
      .filter(([, one, other]) => words(one) !== NOT_GIVEN || words(other) !== NOT_GIVEN)
      .map(([title, one, other]) => rowOf(title, one, other));
    part("-body").replaceChildren(...made.map(({ row }) => row));
    const different = made.filter(({ differs }) => differs).length;
    part("-status").textContent =
      a === b
        ? "Hai ô đang chọn cùng một mẫu."
        : `${different} mục khác nhau, ${made.length - different} mục giống nhau.`;
  }

  function remember() {
    const choice = new URLSearchParams({ a: form.a.value, b: form.b.value });
    window.history.replaceState(null, "", `${window.location.pathname}?${choice}`);
  }

  const first = chosen(window.location.search, codes);
  form.a.value = first.a;
  form.b.value = first.b;
  form.addEventListener("change", () => {
    show();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  part("").hidden = false;
  // Without a script the anchor of such a link leads to the table of the family instead.
  if (new URLSearchParams(window.location.search).has("a")) part("").scrollIntoView();
}
