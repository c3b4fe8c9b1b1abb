// Prints what the hydrated Lunr index says: its serialised form, and the scores of some queries
// both from Lunr's own code and from the typed arrays. Arguments: index folder, term…
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SearchEngine } from "../../search_index/js/engine.mjs";

const [folder, ...terms] = process.argv.slice(2);
const { index: name } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const { index, ids } = new SearchEngine(readFileSync(join(folder, name), "utf8"));

const clauses = terms.map((term, n) => ({ term, boost: 1 + n / 4 }));
const own = index.query((query) => {
  for (const clause of clauses) query.clause({ ...clause, usePipeline: false });
});
const length = Math.hypot(...clauses.map(({ boost }) => boost));
const fast = index
  .best(clauses.map(({ term, boost }) => [index.termNumber(term), boost]), 1000)
  .map(({ document, score }) => ({ ref: ids[document], score: score / length }));
const wild = index.search("bao* hanh~1").map(({ ref }) => ref);
const plain = ({ ref, score }) => [ref, score];
process.stdout.write(
  JSON.stringify({ index: index.toJSON(), own: own.map(plain), fast: fast.map(plain), wild }),
);
