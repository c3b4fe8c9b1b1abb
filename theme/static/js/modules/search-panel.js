// The list under the search box: the combobox pattern of the ARIA practices guide.
const SERVER_PAGE = "/tim-kiem/?q=";

export class ResultPanel {
  #input;
  #panel;
  #list;
  #status;
  #more;
  #ask;
  #askAddress;
  #active = -1;

  constructor(form, input) {
    this.#input = input;
    this.#askAddress = form.dataset.ask;
    this.#list = element("div", { role: "listbox", id: `${input.id}-results` });
    this.#list.setAttribute("aria-label", "Kết quả tìm kiếm");
    this.#status = element("p", { className: "search__status", role: "status" });
    this.#more = element("a", { className: "search__option search__more" });
    this.#panel = element("div", { className: "search__panel", hidden: true });
    this.#ask = element("a", { className: "search__option search__more" });
    this.#ask.textContent = "Không thấy câu trả lời? Gửi câu hỏi cho chúng tôi";
    this.#panel.append(this.#status, this.#ask, this.#list, this.#more);
    form.append(this.#panel);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    })) {
      input.setAttribute(name, value);
    }
    // Pressing the mouse on a result must not take the focus from the field and close the list.
    this.#panel.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  /** Where the marked result leads, or null. */
  get activeAddress() {
    return this.#list.children[this.#active]?.href ?? null;
  }

  close() {
    this.#panel.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }

  /** Show a message without results. */
  say(message) {
    this.#list.replaceChildren();
    this.#status.textContent = message;
    this.#more.hidden = true;
    this.#ask.hidden = true;
    this.#open();
  }

  /** Show an answer of SearchEngine.search; when it is not sure, asking is offered as well. */
  show(query, { results, sure }) {
    this.#list.replaceChildren(...results.map((result, i) => this.#option(result, i)));
    this.#status.textContent = said(query, results.length, sure);
    this.#offerServer(query, "Xem mọi kết quả");
    this.#ask.hidden = sure || !this.#askAddress;
    this.#ask.href = `${this.#askAddress}?q=${encodeURIComponent(query)}`;
    this.#open();
  }

  /** Say that quick search is not to be had, and lead to the server's page. */
  fail(query) {
    this.say("Chưa mở được bộ tìm nhanh.");
    this.#offerServer(query, "Tìm trên trang kết quả");
  }

  /** Mark the next (1) or previous (-1) result; past either end nothing is marked. */
  move(step) {
    const places = this.#list.children.length + 1;
    this.#mark(((this.#active + 1 + step + places) % places) - 1);
  }

  #open() {
    this.#panel.hidden = false;
    this.#input.setAttribute("aria-expanded", String(this.#list.children.length > 0));
    this.#mark(-1);
  }

  #offerServer(query, text) {
    this.#more.hidden = false;
    this.#more.href = SERVER_PAGE + encodeURIComponent(query);
    this.#more.textContent = text;
  }

  #mark(number) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = number;
    const option = this.#list.children[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #option(result, number) {
    const option = element("a", {
      className: "search__option",
      role: "option",
      id: `${this.#list.id}-${number}`,
      href: result.url,
      tabIndex: -1,
    });
    option.setAttribute("aria-selected", "false");
    const title = element("span", { className: "search__title" });
    title.append(...runs(result.title));
    const about = element("small", {});
    about.append(`${result.kindName} · `, ...runs(result.snippet));
    option.append(title, about);
    return option;
  }
}

function said(query, count, sure) {
  if (count === 0) return `Chưa thấy câu trả lời cho “${query}”.`;
  if (!sure) return `Chưa chắc có câu trả lời. ${count} kết quả gần nhất:`;
  return `${count} kết quả gần nhất. Dùng phím mũi tên để chọn.`;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

/** Text runs as nodes: what was searched for is marked. */
function runs(parts) {
  return parts.map(({ text, hit }) =>
    hit ? element("mark", { textContent: text }) : document.createTextNode(text),
  );
}
