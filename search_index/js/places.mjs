// Where each folded term stands: the places of the corpus, sorted by term.

/** The places of folded term t are `order[from[t]]` up to `order[from[t + 1]]`, ascending. */
export class Places {
  constructor({ words, foldOf, counts }) {
    const terms = counts.length;
    const from = new Int32Array(terms + 1);
    for (let term = 0; term < terms; term++) from[term + 1] = from[term] + counts[term];
    const next = from.slice();
    const order = new Int32Array(from[terms]);
    const count = words.length;
    for (let i = 0; i < count; i++) {
      const word = words[i];
      if (word >= 0) order[next[foldOf[word]]++] = i;
    }
    this.from = from;
    this.order = order;
  }
}
