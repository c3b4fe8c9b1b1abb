// Rank documents for queries: node search_index/rank.mjs DIR
//
// Reads {"qid", "q", "k"?, "kind"?} a line on standard input and answers {"qid", "ids", "sure", "ms"}
// a line, best first, with the modules and files that the browser gets. The site's own index answers
// with questions unless another kind (or "*", every kind) is asked for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { SearchEngine } from "./js/engine.mjs";

const folder = process.argv[2];
if (!folder) {
  process.stderr.write("usage: node search_index/rank.mjs DIR\n");
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const bytes = readFileSync(join(folder, manifest.index));
const text = bytes.toString("utf8");
const start = performance.now();
const engine = new SearchEngine(text);
const loadMs = performance.now() - start;
const ownSite = engine.kinds.has("hoi-dap");

const answers = [
  {
    meta: {
      bytes_raw: bytes.length,
      bytes_br: brotliCompressSync(bytes).length,
      load_ms: rounded(loadMs),
    },
  },
];
for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line.trim() === "") continue;
  const { qid, q, k = 10, kind = ownSite ? "hoi-dap" : "*" } = JSON.parse(line);
  const asked = performance.now();
  const { ids, sure } = engine.rank(String(q), { limit: k, kind: kind === "*" ? null : kind });
  answers.push({ qid, ids, sure, ms: rounded(performance.now() - asked) });
}
process.stdout.write(answers.map((answer) => JSON.stringify(answer) + "\n").join(""));

function rounded(milliseconds) {
  return Math.round(milliseconds * 1000) / 1000;
}
