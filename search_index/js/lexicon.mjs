// What the corpus knows about words: how they begin, what lies one slip of the finger away, how
// they look typed on a keyboard without a Vietnamese tool, which words initials may stand for.
import { keystrokes } from "./keyboards.mjs";
import { withoutTone } from "./text.mjs";

const LONGEST_ACRONYM = 6;

/** Look-ups over the terms of one corpus; each table is built when first asked for. */
export class Lexicon {
  #corpus;
  #statistics;
  #sorted = null;
  #byLength = null;
  #typed = null;
  #initials = null;
  #exactForms = null;
  #acronyms = new Map();

  constructor(corpus, statistics) {
    this.#corpus = corpus;
    this.#statistics = statistics;
  }

  /** Whether a word without diacritics stands anywhere, however it was written there. */
  has(bare) {
    return this.#corpus.folds.has(bare);
  }

  /** Whether an accented word stands somewhere as it is. */
  hasExact(word) {
    return this.#corpus.exacts.has(word);
  }

  /** The term of a normalised word: `{folded, exact}`, -1 for what stands nowhere. */
  term(word, bare) {
    return {
      folded: this.#corpus.folds.get(bare) ?? -1,
      exact: this.#corpus.exacts.get(word) ?? -1,
    };
  }

  /** In how many documents a folded word stands. */
  frequency(bare) {
    return this.#statistics.documentsWith(this.#corpus.folds.get(bare));
  }

  /** The inverse document frequency of a folded word; highest for one that stands nowhere. */
  rarity(bare) {
    return this.#statistics.rarityOf(this.has(bare) ? this.frequency(bare) : 0);
  }

  /** The Vietnamese word that these keys make in Telex or VNI, or undefined. */
  typedAs(keys) {
    if (!this.#typed) {
      this.#typed = new Map();
      for (const word of this.#corpus.exacts.keys()) {
        for (const form of keystrokes(word)) if (!this.#typed.has(form)) this.#typed.set(form, word);
      }
    }
    return this.#typed.get(keys);
  }

  /** The folded words that begin with a prefix and are longer. */
  completions(prefix) {
    this.#sorted ??= [...this.#corpus.folds.keys()].sort();
    const found = [];
    let i = lowerBound(this.#sorted, prefix);
    for (; i < this.#sorted.length && this.#sorted[i].startsWith(prefix); i++) {
      if (this.#sorted[i] !== prefix) found.push(this.#sorted[i]);
    }
    return found;
  }

  /** Whether a folded word has an accented form that begins as typed; tones may still follow. */
  mayBecome(typed, bare) {
    this.#exactForms ??= groupForms(this.#corpus);
    const forms = this.#exactForms.get(this.#corpus.folds.get(bare)) ?? [];
    return forms.some((form) => form.startsWith(typed) || withoutTone(form).startsWith(typed));
  }

  /** The folded words one edit away from a folded word. */
  neighbours(bare) {
    this.#byLength ??= groupByLength(this.#corpus.folds.keys());
    return near(this.#byLength, bare);
  }

  /**
   * Word sequences whose initials these letters are: `[{terms, count}]`, most frequent first.
   * The whole corpus is one string of initials, in which an acronym is a substring.
   */
  acronym(letters) {
    if (letters.length < 2 || letters.length > LONGEST_ACRONYM) return [];
    let known = this.#acronyms.get(letters);
    if (!known) this.#acronyms.set(letters, (known = this.#findAcronym(letters)));
    return known;
  }

  #findAcronym(letters) {
    this.#initials ??= initialsOf(this.#corpus);
    const { words, foldOf } = this.#corpus;
    const found = new Map();
    let at = this.#initials.indexOf(letters);
    for (; at >= 0; at = this.#initials.indexOf(letters, at + 1)) {
      const terms = Array.from(words.subarray(at, at + letters.length), (word) => foldOf[word]);
      const key = terms.join(" ");
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { terms, count: 1 });
    }
    return [...found.values()].sort((a, b) => b.count - a.count);
  }
}

function near(byLength, word) {
  const found = [];
  for (let length = word.length - 1; length <= word.length + 1; length++) {
    for (const term of byLength.get(length) ?? []) if (oneEdit(word, term)) found.push(term);
  }
  return found;
}

function groupByLength(terms) {
  const groups = new Map();
  for (const term of terms) {
    const same = groups.get(term.length);
    if (same) same.push(term);
    else groups.set(term.length, [term]);
  }
  return groups;
}

/** The accented forms of each folded term. */
function groupForms({ exacts, exactOf, foldOf }) {
  const names = [...exacts.keys()];
  const forms = new Map();
  exactOf.forEach((exact, item) => {
    if (exact < 0) return;
    const known = forms.get(foldOf[item]);
    if (!known) forms.set(foldOf[item], [names[exact]]);
    else if (!known.includes(names[exact])) known.push(names[exact]);
  });
  return forms;
}

/** The initial of every word of the corpus, a space between two phrases. */
function initialsOf({ words, foldOf, folds }) {
  const initials = Array.from(folds.keys(), (term) => term[0]);
  return Array.from(words, (word) => (word < 0 ? " " : initials[foldOf[word]])).join("");
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
