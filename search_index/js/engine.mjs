// The search engine, the same for the browser's worker and for Node.
import { confidence, isSure } from "./confidence.mjs";
import { Corpus } from "./corpus.mjs";
import { VietnameseIndex } from "./lunr-index.mjs";
import { LatticeBuilder } from "./lattice.mjs";
import { Lexicon } from "./lexicon.mjs";
import { Pairs } from "./pairs.mjs";
import { Places } from "./places.mjs";
import { Reranker } from "./rerank.mjs";
import { snippet, title } from "./snippet.mjs";
import { Statistics } from "./statistics.mjs";
import { RERANK } from "./weights.mjs";

const CANDIDATES = 100;

/** Search over one compact index file. */
export class SearchEngine {
  #corpus;
  #statistics;
  #builder;
  #reranker;

  /** Hydrate everything from the text of the file. Throws on a text of another format. */
  constructor(text) {
    this.#corpus = new Corpus(text);
    const places = new Places(this.#corpus);
    this.#statistics = new Statistics(this.#corpus, places);
    const pairs = new Pairs(this.#corpus, places);
    /** The lunr.Index itself, for whoever wants to ask it directly. */
    this.index = new VietnameseIndex(this.#corpus, this.#statistics);
    const lexicon = new Lexicon(this.#corpus, this.#statistics);
    this.#builder = new LatticeBuilder(lexicon, pairs, this.#corpus);
    this.#reranker = new Reranker(this.#corpus, this.#statistics, pairs);
  }

  /** The ids of all documents, in the order of their numbers. */
  get ids() {
    return this.#corpus.ids;
  }

  /** The kinds of document in the index. */
  get kinds() {
    return new Set(this.#corpus.kinds);
  }

  /** `{ids, sure}`: the best documents, best first. `kind` keeps one kind of document. */
  rank(query, { limit = 10, kind = null } = {}) {
    const { found, sure } = this.#find(query, limit, kind);
    return { ids: found.map(({ document }) => this.#corpus.ids[document]), sure };
  }

  /**
   * `{results, sure}`: the best documents, and whether the first may be shown as the answer. A
   * result is `{id, kind, kindName, url, title, snippet, score}`, where title and snippet are lists
   * of `{text, hit}`. They are plain text: write them with textContent.
   */
  search(query, { limit = 10, kind = null } = {}) {
    const { found, sure, lattice } = this.#find(query, limit, kind);
    const results = found.map(({ document, score }) => ({
      id: this.#corpus.ids[document],
      kind: this.#corpus.kinds[document],
      kindName: this.#kindName(document),
      url: this.#corpus.urls[document],
      title: title(this.#corpus, document, lattice),
      snippet: snippet(this.#corpus, document, lattice),
      score,
    }));
    return { results, sure };
  }

  #find(query, limit, kind) {
    const lattice = this.#builder.build(query);
    const candidates = this.index.best(this.#clauses(lattice), CANDIDATES, this.#only(kind));
    const found = this.#reranker.order(candidates, lattice).slice(0, limit);
    const sure = found.length > 0 && isSure(this.#confidence(found[0], lattice));
    return { found, sure, lattice };
  }

  #confidence({ document }, lattice) {
    return confidence(this.#corpus, this.#statistics, document, lattice);
  }

  /** The weighted terms that Lunr is asked for: each once, with its highest weight. */
  #clauses({ edges }) {
    const clauses = new Map();
    const add = (term, boost) => {
      if (!(clauses.get(term) >= boost)) clauses.set(term, boost);
    };
    for (const { terms } of edges) {
      for (const { folded, exact, weight } of terms) {
        add(folded, weight);
        if (exact >= 0) add(this.#statistics.folds + exact, RERANK.exact * weight);
      }
    }
    return clauses;
  }

  #kindName(document) {
    const kind = this.#corpus.kinds[document];
    return this.#corpus.kindNames[kind] ?? kind;
  }

  #only(kind) {
    return kind === null ? null : Uint8Array.from(this.#corpus.kinds, (one) => (one === kind ? 1 : 0));
  }
}
