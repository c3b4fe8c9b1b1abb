// Count what ranking needs: postings with weights, document frequencies, pairs of neighbours.
import { BREAK, FIELDS } from "./corpus.mjs";

// Lunr's own constants of BM25 (search_index/oracle.py passes the same to PyPI lunr).
export const K1 = 1.2;
export const B = 0.75;
export const BOOST = [1.5, 1, 1];

const FIELD_COUNT = FIELDS.length;

/** The inverse document frequency of Lunr: `n` counts a document once for each field. */
function lunrIdf(size, n) {
  return Math.log(1 + Math.abs((size - n + 0.5) / (n + 0.5)));
}

/**
 * Postings of a corpus. Terms 0 … folds-1 are folded, the rest exact. For field f the postings of
 * term t lie at `offsets[f][t]` up to `offsets[f][t + 1]` in `documents[f]` and `weights[f]`;
 * a weight is Lunr's field vector element in thousandths (Lunr rounds to three places).
 */
export class Statistics {
  constructor(corpus) {
    this.size = corpus.size;
    this.folds = corpus.folds.size;
    this.terms = corpus.folds.size + corpus.exacts.size;
    const counted = this.#count(corpus);
    this.#transpose(counted);
  }

  /** The inverse document frequency that the second pass uses; documents count once. */
  rarity(term) {
    return this.rarityOf(this.documentsWith[term]);
  }

  /** The same for anything that stands in `n` documents. */
  rarityOf(n) {
    return Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
  }

  /** One pass over the words: how often each term stands in each field of each document. */
  #count({ size, words, starts, foldOf, exactOf }) {
    const times = new Int32Array(this.terms);
    const rows = new Int32Array(FIELD_COUNT * size + 1);
    const rowTerms = new Int32Array(2 * words.length);
    const rowTimes = new Int32Array(2 * words.length);
    this.lengths = new Int32Array(FIELD_COUNT * size);
    this.documentsWith = new Int32Array(this.terms);
    const lastDocument = new Int32Array(this.terms).fill(-1);
    const { folds, lengths, documentsWith } = this;
    const rowCount = FIELD_COUNT * size;
    let at = 0;
    for (let row = 0; row < rowCount; row++) {
      const first = at;
      const end = starts[row + 1];
      let length = 0;
      for (let i = starts[row]; i < end; i++) {
        const word = words[i];
        if (word === BREAK) continue;
        length++;
        const folded = foldOf[word];
        if (times[folded]++ === 0) rowTerms[at++] = folded;
        if (exactOf[word] < 0) continue;
        length++;
        const exact = folds + exactOf[word];
        if (times[exact]++ === 0) rowTerms[at++] = exact;
      }
      lengths[row] = length;
      const document = (row / FIELD_COUNT) | 0;
      for (let i = first; i < at; i++) {
        const term = rowTerms[i];
        rowTimes[i] = times[term];
        times[term] = 0;
        if (lastDocument[term] !== document) {
          lastDocument[term] = document;
          documentsWith[term]++;
        }
      }
      rows[row + 1] = at;
    }
    return { rows, rowTerms, rowTimes };
  }

  /** Turn rows of documents into postings of terms, with Lunr's weights. */
  #transpose({ rows, rowTerms, rowTimes }) {
    const { size, terms, lengths } = this;
    this.offsets = FIELDS.map(() => new Int32Array(terms + 1));
    const total = [0, 0, 0];
    for (let row = 0; row < FIELD_COUNT * size; row++) {
      const field = row % FIELD_COUNT;
      total[field] += lengths[row];
      for (let i = rows[row]; i < rows[row + 1]; i++) this.offsets[field][rowTerms[i] + 1]++;
    }
    for (const offsets of this.offsets) {
      for (let term = 0; term < terms; term++) offsets[term + 1] += offsets[term];
    }
    this.averages = total.map((sum) => sum / size);
    this.idf = new Float64Array(terms);
    for (let term = 0; term < terms; term++) {
      let n = 0;
      for (const offsets of this.offsets) n += offsets[term + 1] - offsets[term];
      this.idf[term] = lunrIdf(size, n);
    }
    this.documents = this.offsets.map((offsets) => new Int32Array(offsets[terms]));
    this.weights = this.offsets.map((offsets) => new Int32Array(offsets[terms]));
    const next = this.offsets.map((offsets) => offsets.slice());
    for (let field = 0; field < FIELD_COUNT; field++) {
      this.#fill(field, next[field], { rows, rowTerms, rowTimes });
    }
  }

  #fill(field, next, { rows, rowTerms, rowTimes }) {
    const { size, idf, lengths } = this;
    const documents = this.documents[field];
    const weights = this.weights[field];
    const average = this.averages[field];
    const boost = BOOST[field];
    for (let document = 0; document < size; document++) {
      const row = FIELD_COUNT * document + field;
      const dampen = K1 * (1 - B + B * (lengths[row] / average));
      const end = rows[row + 1];
      for (let i = rows[row]; i < end; i++) {
        const term = rowTerms[i];
        const times = rowTimes[i];
        const score = ((idf[term] * ((K1 + 1) * times)) / (dampen + times)) * boost;
        const place = next[term]++;
        documents[place] = document;
        weights[place] = Math.round(score * 1000);
      }
    }
  }
}
