// What the engines share: documents and questions in, answers out, one JSON object a line.
//
// Called as: node ENGINE.mjs DOCUMENTS.jsonl INDEX [option…]. Documents are {"id", "title", "body",
// "keywords"}; questions come on standard input as {"qid", "q"}. What a browser would download is
// written to the file INDEX.
import { readFileSync, writeFileSync } from "node:fs";

export const [documentsPath, indexPath, ...options] = process.argv.slice(2);
const linesOf = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
export const documents = linesOf(readFileSync(documentsPath, "utf8"));

/** Combining marks go, đ becomes d: what a site owner writes in an afternoon. */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D");
}

/** The documents with every text changed by `change`. */
export function changed(change) {
  return documents.map(({ id, title, body, keywords }) => ({
    id,
    title: change(title),
    body: change(body),
    keywords: change(keywords),
  }));
}

/** Write the index, load it once as a browser would, and say how long that took. */
export function load(index, hydrate) {
  writeFileSync(indexPath, index);
  const start = performance.now();
  const engine = hydrate(index);
  return { engine, loadMs: performance.now() - start };
}

/** Answer every question with `ask(text)`, a list of ids or a promise of one. */
export async function answer(loadMs, ask) {
  const write = (line) => process.stdout.write(JSON.stringify(line) + "\n");
  write({ meta: { load_ms: loadMs } });
  for (const { qid, q } of linesOf(readFileSync(0, "utf8"))) {
    const start = performance.now();
    const ids = await ask(q);
    write({ qid, ids: ids.slice(0, 10), ms: performance.now() - start });
  }
}
