// Sorts the lines of a grouped table by a column, and puts them back into their groups.

const NEXT = { "": "ascending", ascending: "descending", descending: "" };
const names = new Intl.Collator("vi");

/** What a cell is sorted by: the number that a Vietnamese text begins with, or NaN. */
export function numberIn(text) {
  return Number.parseFloat(text.trim().replaceAll(".", "").replace(",", "."));
}

/** Order two cells; one without a number ("không", "Hết hiệu lực") comes last in any direction. */
export function compare(one, other, numeric, direction) {
  const sign = direction === "descending" ? -1 : 1;
  if (!numeric) return sign * names.compare(one, other);
  const [first, second] = [numberIn(one), numberIn(other)];
  if (Number.isNaN(first) || Number.isNaN(second)) {
    return Number.isNaN(first) - Number.isNaN(second);
  }
  return sign * (first - second);
}

export class PriceOrder {
  constructor(table) {
    this.table = table;
    this.headers = [...table.tHead.rows].at(-1).cells;
    this.groups = [...table.tBodies].map((body) => ({
      body,
      title: body.querySelector(".table-group"),
    }));
    this.lines = this.groups.flatMap(({ body, title }) =>
      [...body.rows]
        .filter((row) => row !== title)
        .map((row) => ({ row, body, title: title?.textContent.trim() })),
    );
    this.flat = document.createElement("tbody");
  }

  /** Sort by a column ("ascending" or "descending"), or with "" in the groups of the sheet. */
  by(column, direction) {
    [...this.headers].forEach((header, number) => {
      if (direction && number === column) header.setAttribute("aria-sort", direction);
      else header.removeAttribute("aria-sort");
    });
    this.flat.remove();
    if (!direction) {
      for (const { row, body } of this.lines) body.append(row);
      return;
    }
    const numeric = this.headers[column].classList.contains("number");
    const text = ({ row }) => row.cells[column].textContent;
    const sorted = this.lines.toSorted((one, other) =>
      compare(text(one), text(other), numeric, direction),
    );
    this.flat.append(...sorted.map(({ row }) => row));
    this.table.append(this.flat);
  }

  /** Hide the titles of groups that have no line to show. */
  titles() {
    for (const { body, title } of this.groups) {
      if (title) title.hidden = ![...body.rows].some((row) => row !== title && !row.hidden);
    }
  }

  /**
   * Make the headings buttons, where there is room for headings: on a phone lines are cards.
   * On paper they are words again: Chromium repeats words on each page, but no buttons.
   */
  buttons(sort) {
    const wide = matchMedia("screen and (min-width: 48em)");
    const labels = [...this.headers].map((header) => header.textContent.trim());
    const draw = () => {
      [...this.headers].forEach((header, column) => {
        header.textContent = wide.matches ? "" : labels[column];
        if (!wide.matches) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort-button";
        button.textContent = labels[column];
        button.addEventListener("click", () =>
          sort(column, NEXT[header.getAttribute("aria-sort") ?? ""]),
        );
        header.append(button);
      });
    };
    wide.addEventListener("change", draw);
    draw();
  }
}
