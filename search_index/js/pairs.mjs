// In how many documents one word stands right before another.
import { BREAK, FIELDS } from "./corpus.mjs";

const NOTHING = new Map();

/** Counts of neighbouring folded terms; those behind one term are counted when first asked for. */
export class Pairs {
  #corpus;
  #places;
  #behind;
  #counts;
  #last;

  constructor(corpus, places) {
    this.#corpus = corpus;
    this.#places = places;
    this.#behind = new Array(corpus.folds.size);
    this.#counts = new Int32Array(corpus.folds.size);
    this.#last = new Int32Array(corpus.folds.size);
  }

  /** The number of documents in which the first folded term stands right before the second. */
  count(first, second) {
    return (this.#behind[first] ??= this.#count(first)).get(second) ?? 0;
  }

  #count(first) {
    const { words, rowOf, foldOf } = this.#corpus;
    const { order, from } = this.#places;
    const counts = this.#counts;
    const last = this.#last;
    const seen = [];
    for (let i = from[first]; i < from[first + 1]; i++) {
      const next = order[i] + 1;
      if (next === words.length || words[next] === BREAK || rowOf[next] !== rowOf[next - 1]) continue;
      const second = foldOf[words[next]];
      const document = ((rowOf[next] / FIELDS.length) | 0) + 1;
      if (counts[second] === 0) seen.push(second);
      if (last[second] !== document) counts[second]++;
      last[second] = document;
    }
    if (seen.length === 0) return NOTHING;
    const behind = new Map();
    for (const second of seen) {
      behind.set(second, counts[second]);
      counts[second] = last[second] = 0;
    }
    return behind;
  }
}
