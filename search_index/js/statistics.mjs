// Count what ranking needs of a term when it is first asked for: where it stands, what it weighs.
import { FIELDS } from "./corpus.mjs";

// Lunr's own constants of BM25 (search_index/oracle.py passes the same to PyPI lunr).
export const K1 = 1.2;
export const B = 0.75;
export const BOOST = [1.5, 1, 1];

const FIELD_COUNT = FIELDS.length;

/** The inverse document frequency of Lunr: `n` counts a document once for each field. */
function lunrIdf(size, n) {
  return Math.log(1 + Math.abs((size - n + 0.5) / (n + 0.5)));
}

/** Terms 0 … folds-1 are folded, the rest exact. */
export class Statistics {
  #corpus;
  #places;
  #averages = null;
  #documentsWith;
  #postings;

  constructor(corpus, places) {
    this.#corpus = corpus;
    this.#places = places;
    this.size = corpus.size;
    this.folds = corpus.folds.size;
    this.terms = corpus.folds.size + corpus.exacts.size;
    this.#documentsWith = new Int32Array(this.terms).fill(-1);
    this.#postings = new Array(this.terms);
  }

  /** In how many documents a term stands. */
  documentsWith(term) {
    if (this.#documentsWith[term] < 0) this.#documentsWith[term] = this.#countDocuments(term);
    return this.#documentsWith[term];
  }

  /** The inverse document frequency that the second pass uses; documents count once. */
  rarity(term) {
    return this.rarityOf(this.documentsWith(term));
  }

  /** The same for anything that stands in `n` documents. */
  rarityOf(n) {
    return Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
  }

  /**
   * The postings of a term in the order of documents and fields: `rows` and `weights` of equal
   * length. A weight is Lunr's field vector element in thousandths (Lunr rounds to three places).
   */
  posting(term) {
    return (this.#postings[term] ??= this.#weigh(this.#countRows(term)));
  }

  #countDocuments(term) {
    const { words, rowOf, exactOf } = this.#corpus;
    const { order, first, end, exact } = this.#placesOf(term);
    let count = 0;
    let last = -1;
    for (let i = first; i < end; i++) {
      const place = order[i];
      if (exact >= 0 && exactOf[words[place]] !== exact) continue;
      const document = (rowOf[place] / FIELD_COUNT) | 0;
      if (document !== last) count++;
      last = document;
    }
    return count;
  }

  /** Each row in which a term stands, and how often. */
  #countRows(term) {
    const { words, rowOf, exactOf } = this.#corpus;
    const { order, first, end, exact } = this.#placesOf(term);
    const rows = new Int32Array(end - first);
    const times = new Int32Array(end - first);
    let count = 0;
    for (let i = first; i < end; i++) {
      const place = order[i];
      if (exact >= 0 && exactOf[words[place]] !== exact) continue;
      const row = rowOf[place];
      if (count === 0 || rows[count - 1] !== row) rows[count++] = row;
      times[count - 1]++;
    }
    return { rows: rows.slice(0, count), times };
  }

  /** The places of a term are those of its folded form; an exact form has only some of them. */
  #placesOf(term) {
    const { order, from } = this.#places;
    const exact = term - this.folds;
    const folded = exact < 0 ? term : this.#corpus.foldOfExact[exact];
    return { order, first: from[folded], end: from[folded + 1], exact };
  }

  #weigh({ rows, times }) {
    const { lengths } = this.#corpus;
    this.#averages ??= averages(this.#corpus);
    const idf = lunrIdf(this.size, rows.length);
    const weights = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const field = rows[i] % FIELD_COUNT;
      const length = lengths[rows[i]] / this.#averages[field];
      const dampen = K1 * (1 - B + B * length);
      const score = ((idf * ((K1 + 1) * times[i])) / (dampen + times[i])) * BOOST[field];
      weights[i] = Math.round(score * 1000);
    }
    return { rows, weights };
  }
}

/** The average length of each field over all documents, as Lunr counts it. */
function averages({ lengths, size }) {
  const total = [0, 0, 0];
  for (let row = 0; row < FIELD_COUNT * size; row++) total[row % FIELD_COUNT] += lengths[row];
  return total.map((sum) => sum / size);
}
