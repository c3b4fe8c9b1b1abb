// The second pass: read the best candidates word by word and score what Lunr cannot see: which
// alternative of each slot stands there, with which accents, beside which neighbour, and how much
// of the title the question covers.
import { BREAK, FIELDS } from "./corpus.mjs";
import { Plan } from "./plan.mjs";
import { RERANK } from "./weights.mjs";

const TITLE = 0;
const BODY = 1;

/** Scores documents of one corpus against the slots of a query. */
export class Reranker {
  #corpus;
  #statistics;
  #pairs;
  #averages = null;
  #titleMass;
  #atomOf;
  #exactAtomOf;

  constructor(corpus, statistics, pairs) {
    this.#corpus = corpus;
    this.#statistics = statistics;
    this.#pairs = pairs;
    this.#titleMass = new Float64Array(corpus.size).fill(-1);
    this.#atomOf = new Int16Array(corpus.folds.size).fill(-1);
    this.#exactAtomOf = new Int16Array(corpus.exacts.size).fill(-1);
  }

  /** Order candidates (`[{document}]`) by their full score, best first. */
  order(candidates, lattice) {
    this.#averages ??= averageLengths(this.#corpus);
    const plan = new Plan(lattice, this.#statistics, this.#pairs);
    plan.terms.forEach((term, atom) => (this.#atomOf[term] = atom));
    plan.exacts.forEach((term, atom) => (this.#exactAtomOf[term] = atom));
    const scored = candidates.map(({ document }) => ({
      document,
      score: this.#score(document, plan),
    }));
    for (const term of plan.terms) this.#atomOf[term] = -1;
    for (const term of plan.exacts) this.#exactAtomOf[term] = -1;
    return scored.sort((a, b) => b.score - a.score || a.document - b.document);
  }

  /** BM25F: what the fields say is added up before repetition is dampened. */
  #score(document, plan) {
    const { starts } = this.#corpus;
    const sums = plan.clearedSums();
    let shared = 0;
    for (let field = 0; field < FIELDS.length; field++) {
      const first = starts[3 * document + field];
      const end = starts[3 * document + field + 1];
      if (first === end) continue;
      const b = field === BODY ? RERANK.bBody : RERANK.bTitle;
      const length = 1 - b + (b * (end - first)) / this.#averages[field];
      this.#read(first, end, plan, sums, fieldWeight(field) / length, pairWeight(field) / length);
      if (field === TITLE) shared = plan.massOf(sums.terms);
    }
    dampen(sums.terms);
    dampen(sums.exacts);
    dampen(sums.pairs);
    const score = plan.bestPath(sums) + RERANK.pair * plan.scorePairs(sums.pairs);
    return score * (1 + RERANK.titleOverlap * this.#overlap(document, plan, shared));
  }

  /** Add up the atoms, exact atoms and pairs of the plan that stand in a stretch of words. */
  #read(first, end, plan, { terms, exacts, pairs }, weight, pairWeight) {
    const { words, foldOf, exactOf } = this.#corpus;
    const atomOf = this.#atomOf;
    let before = -1;
    for (let i = first; i < end; i++) {
      const word = words[i];
      const atom = word === BREAK ? -1 : atomOf[foldOf[word]];
      if (atom >= 0) {
        terms[atom] += weight;
        const exact = exactOf[word] < 0 ? -1 : this.#exactAtomOf[exactOf[word]];
        if (exact >= 0) exacts[exact] += weight;
        if (before >= 0) {
          const pair = plan.pairNumber(before, atom);
          if (pair !== undefined) pairs[pair] += pairWeight;
        }
      }
      before = atom;
    }
  }

  /** How alike the question and the title are, 0 to 1, by the weight of the words they share. */
  #overlap(document, plan, shared) {
    const all = this.#massOfTitle(document) + plan.mass;
    return all > 0 ? (2 * shared) / all : 0;
  }

  #massOfTitle(document) {
    if (this.#titleMass[document] < 0) {
      const { words, starts, foldOf } = this.#corpus;
      const terms = new Map();
      for (let i = starts[3 * document]; i < starts[3 * document + 1]; i++) {
        terms.set(foldOf[words[i]], this.#corpus.isLight(words[i]) ? RERANK.lightTitle : 1);
      }
      let mass = 0;
      for (const [term, weight] of terms) mass += weight * this.#statistics.rarity(term);
      this.#titleMass[document] = mass;
    }
    return this.#titleMass[document];
  }
}

function dampen(counts) {
  for (let i = 0; i < counts.length; i++) {
    counts[i] = (counts[i] * (RERANK.k1 + 1)) / (counts[i] + RERANK.k1);
  }
}

function fieldWeight(field) {
  return [RERANK.title, RERANK.body, RERANK.keywords][field];
}

function pairWeight(field) {
  return [RERANK.pairTitle, RERANK.pairBody, RERANK.pairKeywords][field];
}

/**
 * The average length of each field. Unlike Lunr's, it counts only the documents that have the
 * field: most have no keywords, and those that do must not look long for it.
 */
function averageLengths({ size, starts }) {
  const sums = [0, 0, 0];
  const filled = [0, 0, 0];
  for (let row = 0; row < 3 * size; row++) {
    const length = starts[row + 1] - starts[row];
    sums[row % 3] += length;
    if (length > 0) filled[row % 3]++;
  }
  return sums.map((sum, field) => sum / filled[field]);
}
