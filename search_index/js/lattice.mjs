// A query as a lattice: between any two places of it the alternatives that a document may say.
import { Synonyms } from "./synonyms.mjs";
import { fold, words } from "./text.mjs";
import { CONFIDENCE, SLOTS } from "./weights.mjs";

const MOST_WORDS = 48;
const MOST_PREFIXES = 8;
const MOST_NEIGHBOURS = 8;
const MOST_ACRONYMS = 2;
const MOST_SLIPS = 3;
const SHORTEST_SLIP = 3;
const SHORTEST_PART = 2;
const SHORTEST_JOINED = 6;
const LONGEST_JOINED = 24;
const OPEN_END = /[\p{L}\p{N}\p{M}]$/u;
const NO_VOWEL = /^[bcdghklmnpqrstvx]+$/;

/**
 * One way to say the words of a query from place `from` up to place `to`: terms that stand
 * together, each `{folded, exact, weight}` with term numbers (exact -1 when none was meant).
 * @typedef {{from: number, to: number, terms: {folded: number, exact: number, weight: number}[],
 *   guess?: boolean}} Edge
 */

/** The edges that begin at each place of a lattice, the end of the query included. */
export function starting({ size, edges }) {
  const places = Array.from({ length: size + 1 }, () => []);
  for (const edge of edges) places[edge.from].push(edge);
  return places;
}

/** Builds lattices over one corpus; `pairs.count(a, b)`: in how many documents a stands before b. */
export class LatticeBuilder {
  #lexicon;
  #pairs;
  #corpus;
  #light = null;
  #abbreviations;
  #synonyms;

  constructor(lexicon, pairs, corpus) {
    this.#lexicon = lexicon;
    this.#pairs = pairs;
    this.#corpus = corpus;
  }

  /** The language data is read with the first query, not while the index loads. */
  #readLanguage() {
    const { light, abbreviations, groups } = this.#corpus.language;
    // Typed without diacritics, "khong" still is the word that says little.
    this.#light = new Set(light.flatMap((word) => [word, fold(word)]));
    this.#abbreviations = abbreviations;
    this.#synonyms = new Synonyms({ groups, abbreviations });
  }

  /** The lattice of a query: `{size, edges, weights}`: its words, and how much each of them says. */
  build(query) {
    if (!this.#light) this.#readLanguage();
    const text = query.normalize("NFC");
    const typed = words(text)
      .slice(0, MOST_WORDS)
      .map((word) => this.#undoKeyboard(word));
    const edges = typed.map((word, place) => this.#asTyped(word, place));
    if (typed.length > 0 && OPEN_END.test(text)) this.#complete(typed, edges);
    typed.forEach((word, place) => {
      if (edges[place].length === 0) edges[place] = this.#guesses(word, place);
    });
    this.#weighGuesses(edges);
    typed.slice(0, -1).forEach((word, place) => {
      edges[place].push(...this.#slips(word, place, edges));
    });
    typed.forEach((word, place) => edges[place].push(...this.#apart(word, place)));
    const spans = this.#spans(typed);
    const weights = typed.map((word) => this.#weight(word));
    return { size: typed.length, edges: [...edges.flat(), ...spans], weights };
  }

  /** How much a word of the query says: rare words most, and what stands nowhere. */
  #weight(word) {
    return (this.#light.has(word) ? CONFIDENCE.light : 1) * this.#lexicon.rarity(fold(word));
  }

  /** Replace a word that only makes sense as Telex or VNI keys. */
  #undoKeyboard(word) {
    if (fold(word) !== word || this.#lexicon.has(word)) return word;
    return this.#lexicon.typedAs(word) ?? word;
  }

  #asTyped(word, place) {
    const found = [];
    const bare = fold(word);
    const weight = this.#light.has(word) ? SLOTS.light : 1;
    if (this.#lexicon.has(bare)) found.push(this.#edge(place, place + 1, [word], weight));
    const meanings = this.#abbreviations.get(word) ?? [];
    for (const meaning of meanings) {
      const share = (SLOTS.abbreviation * weight) / Math.sqrt(meanings.length);
      found.push(this.#edge(place, place + 1, meaning.split(" "), share));
    }
    if (meanings.length === 0 && NO_VOWEL.test(bare)) {
      for (const { terms } of this.#lexicon.acronym(bare).slice(0, MOST_ACRONYMS)) {
        const share = SLOTS.acronym;
        const parts = terms.map((folded) => ({ folded, exact: -1, weight: share }));
        found.push({ from: place, to: place + 1, terms: parts });
      }
    }
    return found.filter(Boolean);
  }

  /** A word that may be two written together. */
  #apart(word, place) {
    const bare = fold(word);
    const found = [];
    if (bare.length > LONGEST_JOINED) return found;
    for (let cut = SHORTEST_PART; cut <= bare.length - SHORTEST_PART; cut++) {
      const parts = [bare.slice(0, cut), bare.slice(cut)];
      if (this.#pairCount(...parts) > 0) {
        found.push(this.#edge(place, place + 1, parts, SLOTS.split));
      }
    }
    return found;
  }

  /** An edge of words, or null when one of them stands nowhere. */
  #edge(from, to, parts, weight) {
    const terms = parts.map((word) => ({ ...this.#lexicon.term(word, fold(word)), weight }));
    return terms.every(({ folded }) => folded >= 0) ? { from, to, terms } : null;
  }

  #pairCount(first, second) {
    if (!this.#lexicon.has(first) || !this.#lexicon.has(second)) return 0;
    const number = (bare) => this.#lexicon.term(bare, bare).folded;
    return this.#pairs.count(number(first), number(second));
  }

  /** Add what the last word may become while it is still being typed. */
  #complete(typed, edges) {
    const place = typed.length - 1;
    const word = typed[place];
    const bare = fold(word);
    const accented = bare !== word;
    const base = this.#lexicon.has(bare) ? SLOTS.knownPrefix : SLOTS.prefix;
    const before = (edges[place - 1] ?? []).map((edge) => edge.terms.at(-1).folded);
    const found = [];
    for (const term of this.#lexicon.completions(bare)) {
      if (accented && !this.#lexicon.mayBecome(word, term)) continue;
      const { folded } = this.#lexicon.term(term, term);
      const inPair = Math.max(0, ...before.map((first) => this.#pairs.count(first, folded)));
      found.push({ term, inPair, frequency: this.#lexicon.frequency(term) });
    }
    found.sort((a, b) => b.inPair - a.inPair || b.frequency - a.frequency);
    const known = found.length > 0 && found[0].inPair > 0;
    for (const { term, inPair } of found.slice(0, MOST_PREFIXES)) {
      const weight = base * (known && inPair === 0 ? SLOTS.prefixAlone : 1);
      edges[place].push(this.#edge(place, place + 1, [term], weight));
    }
  }

  /** What a word that nothing was found for may have been meant to be. */
  #guesses(word, place) {
    const bare = fold(word);
    if (bare.length < 2) return [];
    const found = this.#lexicon.neighbours(bare);
    found.sort((a, b) => this.#lexicon.frequency(b) - this.#lexicon.frequency(a));
    return found.slice(0, 2 * MOST_NEIGHBOURS).map((term) => ({
      ...this.#edge(place, place + 1, [term], SLOTS.neighbour),
      guess: true,
    }));
  }

  /** A misspelt syllable most likely is the neighbour that makes a known pair with the next word. */
  #weighGuesses(edges) {
    edges.forEach((here, place) => {
      const guesses = here.filter((edge) => edge.guess);
      if (guesses.length === 0) return;
      const support = guesses.map((edge) => this.#support(edge, edges[place - 1], edges[place + 1]));
      const most = Math.max(...support);
      if (most > 0) {
        guesses.forEach(({ terms: [term] }, n) => {
          const share = (1 + (2 * Math.log1p(support[n])) / Math.log1p(most)) / 3;
          term.weight = support[n] ? SLOTS.neighbourInPair * share : SLOTS.neighbourAlone;
        });
        guesses.sort((a, b) => b.terms[0].weight - a.terms[0].weight);
      }
      edges[place] = guesses.slice(0, MOST_NEIGHBOURS);
    });
  }

  /** A known word that no neighbour goes with may be a slip for one that does. */
  #slips(word, place, edges) {
    const bare = fold(word);
    const own = edges[place][0];
    const beside = [edges[place - 1], edges[place + 1]];
    if (bare.length < SHORTEST_SLIP || !own || own.guess || !this.#lexicon.has(bare)) return [];
    if (edges[place].length > 1 || this.#support(own, ...beside) > 0) return [];
    return this.#lexicon
      .neighbours(bare)
      .map((term) => this.#edge(place, place + 1, [term], SLOTS.slip))
      .map((edge) => ({ edge, count: this.#support(edge, ...beside) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_SLIPS)
      .map(({ edge }) => edge);
  }

  #support(guess, before = [], after = []) {
    const { folded } = guess.terms[0];
    let most = 0;
    for (const edge of before) {
      if (!edge.guess) most = Math.max(most, this.#pairs.count(edge.terms.at(-1).folded, folded));
    }
    for (const edge of after) {
      if (!edge.guess) most = Math.max(most, this.#pairs.count(folded, edge.terms[0].folded));
    }
    return most;
  }

  /** Edges over several words: synonyms, and what is spelt another way. */
  #spans(typed) {
    const found = [];
    this.#synonyms.each(typed, (from, to, other) => {
      const edge = this.#edge(from, to, other, SLOTS.synonym);
      if (!edge) return;
      const said = new Set(typed.slice(from, to).map(fold));
      other.forEach((word, i) => {
        if (said.has(fold(word))) edge.terms[i].weight = 1;
      });
      found.push(edge);
    });
    found.push(...this.#respelt(typed.map(fold)));
    return found;
  }

  /** Two words written as one in the corpus, and initials of what was spelt out. */
  #respelt(bare) {
    const found = [];
    const initials = bare.map((word) => word[0]).join("");
    for (let from = 0; from < bare.length - 1; from++) {
      const joined = bare[from] + bare[from + 1];
      if (joined.length >= SHORTEST_JOINED && this.#lexicon.has(joined)) {
        found.push(this.#edge(from, from + 2, [joined], SLOTS.joined));
      }
      for (let to = from + 3; to <= Math.min(bare.length, from + 6); to++) {
        const letters = initials.slice(from, to);
        if (!NO_VOWEL.test(letters)) break;
        if (this.#lexicon.has(letters)) {
          found.push(this.#edge(from, to, [letters], SLOTS.acronym));
        }
      }
    }
    return found;
  }
}
