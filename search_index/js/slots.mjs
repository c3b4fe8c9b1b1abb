// Turn what was typed into slots: for each word the alternatives that a document may say instead.
import { keystrokes } from "./keyboards.mjs";
import { fold, words } from "./text.mjs";

/** How much each kind of alternative counts against the word as typed. */
export const WEIGHTS = {
  abbreviation: 0.8,
  synonym: 0.6,
  prefix: 0.8, // completions of an unknown last word
  knownPrefix: 0.3, // completions of a last word that is a word already
  neighbour: 0.7, // one edit away from an unknown word
  neighbourInPair: 0.84, // … that stands beside the next word somewhere
  neighbourAlone: 0.28, // … that never does, while another neighbour does
  light: 0.8, // question words and particles
};
const MOST_WORDS = 48;
const MOST_PREFIXES = 6;
const MOST_NEIGHBOURS = 8;
const OPEN_END = /[\p{L}\p{N}\p{M}]$/u;

/**
 * One alternative of a slot: `terms` (`[{folded, exact}]`, exact -1 when unknown or not typed) that
 * together stand for the word, and the weight they count with.
 * @typedef {{terms: {folded: number, exact: number}[], weight: number}} Alternative
 */

/** Expands queries over one corpus. `pairs.count(a, b)` says in how many documents a stands before b. */
export class Expander {
  #corpus;
  #statistics;
  #pairs;
  #light;
  #abbreviations;
  #synonyms;
  #sorted;
  #byLength = new Map();
  #typed = null;

  constructor(corpus, statistics, pairs) {
    this.#corpus = corpus;
    this.#statistics = statistics;
    this.#pairs = pairs;
    const { light = [], abbreviations = {}, synonyms = [] } = corpus.language;
    this.#light = new Set(light);
    this.#abbreviations = new Map(Object.entries(abbreviations));
    this.#synonyms = new Map();
    for (const [phrase, others] of synonyms) this.#synonyms.set(phrase, others);
    this.#sorted = [...corpus.folds.keys()].sort();
    for (const term of this.#sorted) {
      const same = this.#byLength.get(term.length);
      if (same) same.push(term);
      else this.#byLength.set(term.length, [term]);
    }
  }

  /** The slots of a query: a list of lists of alternatives. */
  slots(query) {
    const text = query.normalize("NFC");
    const open = OPEN_END.test(text);
    const typed = words(text).slice(0, MOST_WORDS);
    const meant = this.#undoKeyboard(typed);
    const slots = meant.map((word, i) => this.#alternatives(word, open && i === meant.length - 1));
    this.#weighNeighbours(slots);
    return slots;
  }

  /** Replace words that only make sense as Telex or VNI keys. */
  #undoKeyboard(typed) {
    return typed.map((word) => {
      if (fold(word) !== word || this.#corpus.folds.has(word)) return word;
      return this.#typedForms().get(word) ?? word;
    });
  }

  #typedForms() {
    if (!this.#typed) {
      this.#typed = new Map();
      for (const word of this.#corpus.exacts.keys()) {
        for (const keys of keystrokes(word)) if (!this.#typed.has(keys)) this.#typed.set(keys, word);
      }
    }
    return this.#typed;
  }

  #alternatives(word, isOpen) {
    const found = [];
    const bare = fold(word);
    const known = this.#corpus.folds.has(bare);
    if (known) found.push({ terms: [this.#term(word)], weight: 1 });
    const expansions = this.#abbreviations.get(word);
    for (const phrase of expansions ?? []) {
      const terms = this.#terms(phrase);
      if (terms) found.push({ terms, weight: WEIGHTS.abbreviation / Math.sqrt(expansions.length) });
    }
    for (const phrase of this.#synonyms.get(word) ?? []) {
      const terms = this.#terms(phrase);
      if (terms) found.push({ terms, weight: WEIGHTS.synonym });
    }
    if (isOpen) {
      const weight = known ? WEIGHTS.knownPrefix : WEIGHTS.prefix;
      for (const term of this.#completions(bare)) found.push({ terms: [this.#term(term)], weight });
    }
    if (!known && found.length === 0 && bare.length >= 2) {
      for (const term of this.#neighbours(bare)) {
        found.push({ terms: [this.#term(term)], weight: WEIGHTS.neighbour, guess: true });
      }
    }
    if (this.#light.has(word)) for (const one of found) one.weight *= WEIGHTS.light;
    return found;
  }

  #term(word) {
    const folded = this.#corpus.folds.get(fold(word)) ?? -1;
    return { folded, exact: this.#corpus.exacts.get(word) ?? -1 };
  }

  /** The terms of a phrase, or null when one of them stands nowhere. */
  #terms(phrase) {
    const terms = phrase.split(" ").map((word) => this.#term(word));
    return terms.every(({ folded }) => folded >= 0) ? terms : null;
  }

  #frequency(term) {
    return this.#statistics.documentsWith[this.#corpus.folds.get(term)];
  }

  #frequentFirst(terms, most) {
    return terms.sort((a, b) => this.#frequency(b) - this.#frequency(a)).slice(0, most);
  }

  #completions(prefix) {
    const sorted = this.#sorted;
    const found = [];
    for (let i = lowerBound(sorted, prefix); i < sorted.length && sorted[i].startsWith(prefix); i++) {
      if (sorted[i] !== prefix) found.push(sorted[i]);
    }
    return this.#frequentFirst(found, MOST_PREFIXES);
  }

  #neighbours(word) {
    const found = [];
    for (let length = word.length - 1; length <= word.length + 1; length++) {
      for (const term of this.#byLength.get(length) ?? []) if (oneEdit(word, term)) found.push(term);
    }
    return this.#frequentFirst(found, 2 * MOST_NEIGHBOURS);
  }

  /** A misspelt syllable most likely is the neighbour that makes a known pair with the next word. */
  #weighNeighbours(slots) {
    slots.forEach((slot, i) => {
      const guesses = slot.filter((one) => one.guess);
      if (guesses.length === 0) return;
      const support = guesses.map((one) => this.#support(one, slots[i - 1], slots[i + 1]));
      const most = Math.max(...support);
      if (most > 0) {
        guesses.forEach((one, n) => {
          const share = (1 + (2 * Math.log1p(support[n])) / Math.log1p(most)) / 3;
          one.weight = support[n] ? WEIGHTS.neighbourInPair * share : WEIGHTS.neighbourAlone;
        });
        guesses.sort((a, b) => b.weight - a.weight);
      }
      slots[i] = guesses.slice(0, MOST_NEIGHBOURS);
    });
  }

  #support(guess, before = [], after = []) {
    const { folded } = guess.terms[0];
    let most = 0;
    for (const one of before) {
      if (!one.guess) most = Math.max(most, this.#pairs.count(one.terms.at(-1).folded, folded));
    }
    for (const one of after) {
      if (!one.guess) most = Math.max(most, this.#pairs.count(folded, one.terms[0].folded));
    }
    return most;
  }
}

function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether two different words are one insertion, deletion, substitution or swap apart. */
export function oneEdit(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const room = Math.min(a.length, b.length) - start;
  while (end < room && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.length - start - end;
  const restB = b.length - start - end;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
