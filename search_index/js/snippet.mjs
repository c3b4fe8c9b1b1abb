// What a result shows: the title and the best stretch of the body, with the words found marked.
const LENGTH = 32; // items shown of a body
const LEAD = 6; // items shown before the first word found

/** The title of a document as `[{text, hit}]`. */
export function title(corpus, document, lattice) {
  return mark(corpus.shown(document, 0), wanted(lattice));
}

/** The stretch of the body that says most of the query, as `[{text, hit}]`. */
export function snippet(corpus, document, lattice) {
  const items = corpus.shown(document, 1);
  const terms = wanted(lattice);
  const worth = items.map(({ term }) => terms.get(term) ?? 0);
  const from = bestWindow(worth);
  const shown = mark(items.slice(from, from + LENGTH), terms);
  if (from > 0) shown.unshift({ text: "… ", hit: false });
  if (from + LENGTH < items.length) shown.push({ text: " …", hit: false });
  return shown;
}

function wanted(lattice) {
  const terms = new Map();
  for (const edge of lattice.edges) {
    for (const { folded, weight } of edge.terms) {
      terms.set(folded, Math.max(weight, terms.get(folded) ?? 0));
    }
  }
  return terms;
}

function bestWindow(worth) {
  let best = 0;
  let bestSum = 0;
  let sum = 0;
  for (let i = 0; i < worth.length; i++) {
    sum += worth[i] - (worth[i - LENGTH] ?? 0);
    if (sum > bestSum + 1e-9) [bestSum, best] = [sum, Math.max(0, i - LENGTH + 1)];
  }
  const first = worth.findIndex((value, i) => i >= best && value > 0);
  return Math.max(0, first - LEAD);
}

/** Join items into runs of text that are hits or not. */
function mark(items, terms) {
  const runs = [];
  let afterWord = false;
  for (const { text, term } of items) {
    const word = term >= 0;
    const hit = word && terms.has(term);
    if (word && afterWord) append(runs, " ", hit && (runs.at(-1)?.hit ?? false));
    append(runs, text, hit);
    afterWord = word;
  }
  return runs;
}

function append(runs, text, hit) {
  const last = runs.at(-1);
  if (last && last.hit === hit) last.text += text;
  else runs.push({ text, hit });
}
