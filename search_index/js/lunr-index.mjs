// A real lunr.Index over the compact corpus, hydrated on first use.
//
// Queries of plain terms, the only ones the search box makes, are added up in typed arrays: the
// scores are Lunr's own, at a twentieth of the time. Anything else (wildcards, edit distance,
// required terms) goes to Lunr's own code, for which its tables are built when first asked for.
import { FIELDS } from "./corpus.mjs";
import lunr from "./lunr.mjs";

const STEPS = 512;

/** A lunr.Index whose references are the ids of the documents. */
export class VietnameseIndex extends lunr.Index {
  #corpus;
  #statistics;
  #scores;
  #touched;

  constructor(corpus, statistics) {
    super({ fields: FIELDS, pipeline: new lunr.Pipeline() });
    this.#corpus = corpus;
    this.#statistics = statistics;
    this.#scores = new Float64Array(corpus.size);
    this.#touched = new Int32Array(corpus.size);
    lazily(this, "invertedIndex", () => this.#buildInvertedIndex());
    lazily(this, "fieldVectors", () => this.#buildFieldVectors());
    lazily(this, "tokenSet", () => lunr.TokenSet.fromArray(Object.keys(this.invertedIndex).sort()));
  }

  /** The number of a folded or exact term, or -1. */
  termNumber(term) {
    const { folds, exacts } = this.#corpus;
    const folded = folds.get(term);
    if (folded !== undefined) return folded;
    const exact = exacts.get(term);
    return exact === undefined ? -1 : folds.size + exact;
  }

  /**
   * The best documents for weighted terms, best first: `[{document, score}]`. `clauses` is an
   * iterable of `[term number, boost]`; with `allowed` only documents whose byte is set count. The
   * score is Lunr's before its division by the length of the query, which keeps the order.
   */
  best(clauses, limit, allowed = null) {
    const scores = this.#scores;
    const touched = this.#touched;
    let count = 0;
    for (const [term, boost] of clauses) {
      if (boost <= 0) continue;
      const queryWeight = boost / 1000;
      const { rows, weights } = this.#statistics.posting(term);
      for (let i = 0; i < rows.length; i++) {
        const document = (rows[i] / FIELDS.length) | 0;
        if (scores[document] === 0) touched[count++] = document;
        scores[document] += queryWeight * weights[i];
      }
    }
    if (allowed) count = keep(touched, count, scores, allowed);
    const threshold = count > limit ? nthLargest(scores, touched, count, limit) : 0;
    const found = [];
    for (let i = 0; i < count; i++) {
      const document = touched[i];
      const score = scores[document];
      scores[document] = 0;
      if (score >= threshold) found.push({ document, score });
    }
    return found.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, limit);
  }

  #buildInvertedIndex() {
    const { ids, folds, exacts } = this.#corpus;
    const inverted = Object.create(null);
    [...folds.keys(), ...exacts.keys()].forEach((term, number) => {
      const posting = { _index: number };
      for (const name of FIELDS) posting[name] = Object.create(null);
      for (const row of this.#statistics.posting(number).rows) {
        posting[FIELDS[row % FIELDS.length]][ids[(row / FIELDS.length) | 0]] = {};
      }
      inverted[term] = posting;
    });
    return inverted;
  }

  #buildFieldVectors() {
    const vectors = Object.create(null);
    const rows = this.#corpus.ids.flatMap((id) =>
      FIELDS.map((name) => (vectors[`${name}/${id}`] = new lunr.Vector())),
    );
    for (let term = 0; term < this.#statistics.terms; term++) {
      const posting = this.#statistics.posting(term);
      posting.rows.forEach((row, i) => rows[row].insert(term, posting.weights[i] / 1000));
    }
    return vectors;
  }
}

function lazily(object, name, make) {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(object, name, { value, writable: true, enumerable: true });
      return value;
    },
    set() {},
  });
}

/** Move the allowed documents to the front, forget the scores of the others; how many stay. */
function keep(touched, count, scores, allowed) {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (allowed[touched[i]]) touched[kept++] = touched[i];
    else scores[touched[i]] = 0;
  }
  return kept;
}

/** A score that at least `limit` documents reach and few more: found by counting in steps. */
function nthLargest(scores, touched, count, limit) {
  let highest = 0;
  for (let i = 0; i < count; i++) highest = Math.max(highest, scores[touched[i]]);
  const steps = new Int32Array(STEPS + 1);
  const scale = STEPS / highest;
  for (let i = 0; i < count; i++) steps[(scores[touched[i]] * scale) | 0]++;
  let step = STEPS;
  for (let reached = steps[step]; reached < limit; reached += steps[step]) step--;
  return (step / STEPS) * highest * (1 - Number.EPSILON * 4);
}
