// The second pass: read the best candidates word by word and score what Lunr cannot see: which
// alternative of each slot stands there, with which accents, beside which neighbour, and how much
// of the title the question covers.
import { BREAK, FIELDS } from "./corpus.mjs";
import { B, K1 } from "./statistics.mjs";

/** What each observation counts. */
export const RERANK = {
  exact: 0.5, // the accents that were typed
  pair: 0.8, // two neighbours of the query are neighbours in the document
  titleOverlap: 0.5,
  fields: [1.5, 1, 1],
  pairFields: [1.5, 1.2, 1.2],
};

function idf(size, n) {
  return Math.log(1 + (size - n + 0.5) / (n + 0.5));
}

/** Scores documents of one corpus against the slots of a query. */
export class Reranker {
  #corpus;
  #statistics;
  #pairs;
  #averages = [0, 0, 0];
  #titleMass;

  constructor(corpus, statistics, pairs) {
    this.#corpus = corpus;
    this.#statistics = statistics;
    this.#pairs = pairs;
    const { size, starts } = corpus;
    // Unlike Lunr's, an average counts only the documents that have the field: most have no
    // keywords, and those that do must not look long for it.
    const filled = [0, 0, 0];
    for (let row = 0; row < 3 * size; row++) {
      const length = starts[row + 1] - starts[row];
      this.#averages[row % 3] += length;
      if (length > 0) filled[row % 3]++;
    }
    this.#averages = this.#averages.map((sum, field) => sum / filled[field]);
    this.#titleMass = new Float64Array(size).fill(-1);
  }

  /** Order candidates (`[{document}]`) by their full score, best first. */
  order(candidates, slots) {
    const plan = this.#plan(slots);
    return candidates
      .map(({ document }) => ({ document, score: this.#score(document, plan) }))
      .sort((a, b) => b.score - a.score || a.document - b.document);
  }

  #termIdf(term) {
    return idf(this.#statistics.size, this.#statistics.documentsWith[term]);
  }

  /** What to look for: weighted terms by slot, exact forms, pairs of neighbours. */
  #plan(slots) {
    const { folds } = this.#statistics;
    const plan = { terms: new Map(), exacts: new Map(), pairs: new Map(), mass: 0 };
    slots.forEach((slot, number) => {
      let heaviest = 0;
      for (const { terms, weight } of slot) {
        for (const { folded, exact } of terms) {
          const worth = weight * this.#termIdf(folded);
          heaviest = Math.max(heaviest, worth);
          raise(plan.terms, folded, worth, number);
          if (exact >= 0) raise(plan.exacts, exact, weight * this.#termIdf(folds + exact), number);
        }
        for (let i = 1; i < terms.length; i++) {
          this.#addPair(plan, terms[i - 1], terms[i], weight, `${number}.${i}`);
        }
      }
      plan.mass += heaviest;
      for (const before of slots[number - 1] ?? []) {
        for (const after of slot) {
          const weight = Math.min(before.weight, after.weight);
          this.#addPair(plan, before.terms.at(-1), after.terms[0], weight, number);
        }
      }
    });
    return plan;
  }

  #addPair(plan, first, second, weight, group) {
    const count = this.#pairs.count(first.folded, second.folded);
    if (count === 0) return;
    const key = first.folded * this.#statistics.folds + second.folded;
    raise(plan.pairs, key, weight * idf(this.#statistics.size, count), group);
  }

  #score(document, plan) {
    let score = 0;
    let titleHit = 0;
    for (let field = 0; field < FIELDS.length; field++) {
      const seen = this.#read(document, field, plan);
      const { starts } = this.#corpus;
      const length = starts[3 * document + field + 1] - starts[3 * document + field];
      if (length === 0) continue;
      const dampen = K1 * (1 - B + (B * length) / this.#averages[field]);
      const rise = (worth, times) => (worth * times * (K1 + 1)) / (times + dampen);
      score += RERANK.fields[field] * bestOfGroups(seen.terms, plan.terms, rise);
      score += RERANK.exact * RERANK.fields[field] * sum(seen.exacts, plan.exacts, rise);
      score += RERANK.pair * RERANK.pairFields[field] * bestOfGroups(seen.pairs, plan.pairs, rise);
      if (field === 0) for (const term of seen.terms.keys()) titleHit += plan.terms.get(term).worth;
    }
    const title = this.#massOfTitle(document);
    if (title + plan.mass === 0) return score;
    return score * (1 + (RERANK.titleOverlap * 2 * titleHit) / (title + plan.mass));
  }

  #read(document, field, plan) {
    const { words, starts, foldOf, exactOf } = this.#corpus;
    const { folds } = this.#statistics;
    const seen = { terms: new Map(), exacts: new Map(), pairs: new Map() };
    const end = starts[3 * document + field + 1];
    let before = BREAK;
    for (let i = starts[3 * document + field]; i < end; i++) {
      const word = words[i];
      const folded = word === BREAK ? BREAK : foldOf[word];
      if (folded !== BREAK && plan.terms.has(folded)) {
        count(seen.terms, folded);
        if (plan.exacts.has(exactOf[word])) count(seen.exacts, exactOf[word]);
        if (before !== BREAK) {
          const key = before * folds + folded;
          if (plan.pairs.has(key)) count(seen.pairs, key);
        }
      }
      before = folded;
    }
    return seen;
  }

  #massOfTitle(document) {
    if (this.#titleMass[document] < 0) {
      const { words, starts, foldOf } = this.#corpus;
      const title = words.subarray(starts[3 * document], starts[3 * document + 1]);
      const terms = new Set(Array.from(title, (word) => foldOf[word]));
      this.#titleMass[document] = [...terms].reduce((mass, term) => mass + this.#termIdf(term), 0);
    }
    return this.#titleMass[document];
  }
}

function raise(map, key, worth, group) {
  const known = map.get(key);
  if (known === undefined || known.worth < worth) map.set(key, { worth, group });
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function bestOfGroups(seen, plan, rise) {
  const best = new Map();
  for (const [key, times] of seen) {
    const { worth, group } = plan.get(key);
    const value = rise(worth, times);
    if (!(best.get(group) >= value)) best.set(group, value);
  }
  let total = 0;
  for (const value of best.values()) total += value;
  return total;
}

function sum(seen, plan, rise) {
  let total = 0;
  for (const [key, times] of seen) total += rise(plan.get(key).worth, times);
  return total;
}
