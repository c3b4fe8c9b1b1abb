// Phrases that mean the same, found in a query whether or not it was typed with diacritics.
import { fold, foldAll } from "./text.mjs";

/** The groups of equal phrases of one index, and its abbreviations read backwards. */
export class Synonyms {
  #byPhrase = new Map();
  #longest = 1;

  constructor({ groups, abbreviations }) {
    const pairs = [];
    for (const group of groups) {
      for (const phrase of group) {
        for (const other of group) if (other !== phrase) pairs.push([phrase, other]);
      }
    }
    for (const [short, meanings] of abbreviations) {
      for (const meaning of meanings) if (meaning.includes(" ")) pairs.push([meaning, short]);
    }
    const keys = foldAll(pairs.map(([phrase]) => phrase).join("\t")).split("\t");
    pairs.forEach(([phrase, other], i) => this.#add(keys[i], phrase.split(" "), other));
  }

  #add(key, words, other) {
    this.#longest = Math.max(this.#longest, words.length);
    const entry = { words, other: other.split(" ") };
    const known = this.#byPhrase.get(key);
    if (known) known.push(entry);
    else this.#byPhrase.set(key, [entry]);
  }

  /** Call `visit(from, to, words)` for each phrase of the query that has others of its meaning. */
  each(typed, visit) {
    const bare = typed.map(fold);
    for (let from = 0; from < typed.length; from++) {
      let key = "";
      for (let to = from + 1; to <= Math.min(typed.length, from + this.#longest); to++) {
        key += (key && " ") + bare[to - 1];
        for (const { words, other } of this.#byPhrase.get(key) ?? []) {
          if (words.every((word, i) => agrees(typed[from + i], word))) visit(from, to, other);
        }
      }
    }
  }
}

/** A word typed without diacritics may mean any word; one with diacritics means itself. */
function agrees(typed, word) {
  return typed === word || typed === fold(word);
}
