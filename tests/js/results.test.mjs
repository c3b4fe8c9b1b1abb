// What a result shows: titles and snippets as plain text, with the words found marked.
import assert from "node:assert/strict";
import test from "node:test";
import { SearchEngine } from "../../search_index/js/engine.mjs";

// Written as search_index/compact.py would write it: "a:1" says "Bảo hành <b>" / "Có bảo hành.".
const TABLE = ["hành", "bảo", " <", "", "có", "b", ".", ">"];
const code = (item) => String.fromCharCode(0x21 + TABLE.indexOf(item));
const write = (...items) => items.map(code).join("");
const header = { format: 2, ids: ["a:1"], urls: ["/x/"], kinds: { a: "Loại A" } };
const body = write("có", "bảo", "hành", ".");
const document = [write("bảo", "hành", " <", "b", ">"), body].join(" ");
const NO_LANGUAGE = ["", "", "", ""];
const lines = [JSON.stringify(header), TABLE.join("\t"), ...NO_LANGUAGE, document];
const engine = new SearchEngine(lines.join("\n"));

test("a result tells its address, its kind and its text with the hits marked", () => {
  const { results, sure } = engine.search("bao hanh");
  const [result] = results;
  assert.equal(sure, true);
  assert.equal(result.id, "a:1");
  assert.equal(result.url, "/x/");
  assert.equal(result.kindName, "Loại A");
  assert.deepEqual(result.title, [
    { text: "Bảo hành", hit: true },
    { text: " <b>", hit: false },
  ]);
  assert.deepEqual(result.snippet, [
    { text: "Có ", hit: false },
    { text: "bảo hành", hit: true },
    { text: ".", hit: false },
  ]);
});

test("nothing is found for nothing", () => {
  assert.deepEqual(engine.search(""), { results: [], sure: false });
  assert.deepEqual(engine.search("xyzzy"), { results: [], sure: false });
});
