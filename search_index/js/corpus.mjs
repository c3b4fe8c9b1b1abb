// Read the compact index file (see search_index/compact.py) into flat arrays of numbers.
import { FIRST, SURROGATES, isWide, numberAt, readNumbers } from "./codes.mjs";
import { readLanguage } from "./spoken.mjs";
import { foldAll, isWord, normalAll } from "./text.mjs";
import { shown } from "./written.mjs";

const FORMAT = 2;
const LANGUAGE = 2;
const DOCUMENTS = 6;
const BODY = 1;
const SPACE = 0x20;

/** The fields of a document, in the order of every array that is kept per field. */
export const FIELDS = ["title", "body", "keywords"];

/** Between two other phrasings of a document there is no neighbour. */
export const BREAK = -1;

/**
 * All documents as numbers.
 *
 * `words` holds the numbers of the words of all fields, one after the other. Field f of document d
 * is row 3 * d + f and lies at `starts[row]` up to `starts[row + 1]`; `rowOf` leads back from a
 * place to its row. A word number leads to its folded term (`foldOf`) and, when it was written with
 * diacritics, its exact term (`exactOf`, else -1). `lengths` counts the terms of each row, as Lunr
 * does: a word with diacritics is two; `counts` counts the places of each folded term. `foldOfExact` leads from an exact term to its folded one.
 */
export class Corpus {
  #lines;
  #kinds = null;
  #language = null;
  #isLight = null;

  constructor(text) {
    const lines = text.split("\n");
    const header = JSON.parse(lines[0]);
    if (header.format !== FORMAT) throw new Error(`search index of format ${header.format}`);
    this.ids = header.ids;
    this.size = this.ids.length;
    this.urls = header.urls ?? new Array(this.size).fill("");
    this.kindNames = header.kinds ?? {};
    this.table = lines[1].split("\t");
    this.#lines = lines;
    this.#nameTerms(lines[1]);
    this.#readWords(text);
  }

  /** The kind of each document: the part of its id before the colon. */
  get kinds() {
    return (this.#kinds ??= this.ids.map((id) => id.split(":", 1)[0]));
  }

  /** What queries need of the language: see readLanguage. */
  get language() {
    return (this.#language ??= readLanguage(this.#lines.slice(LANGUAGE, DOCUMENTS), this.table));
  }

  /** Whether a word number is one of a question word or particle. */
  isLight(word) {
    if (!this.#isLight) {
      const light = new Set(this.language.light);
      this.#isLight = this.normals.map((normal) => light.has(normal));
    }
    return this.#isLight[word];
  }

  /** Number the folded and the exact terms of every word of the table. */
  #nameTerms(line) {
    this.folds = new Map();
    this.exacts = new Map();
    this.foldOf = new Int32Array(this.table.length).fill(-1);
    this.exactOf = new Int32Array(this.table.length).fill(-1);
    this.foldOfExact = [];
    const normal = normalAll(line);
    this.normals = normal.split("\t");
    const bares = foldAll(normal).split("\t");
    for (let item = 0; item < bares.length; item++) {
      if (!isWord(this.table[item])) continue;
      const bare = bares[item];
      this.foldOf[item] = numberOf(this.folds, bare);
      if (bare !== this.normals[item]) {
        const exact = numberOf(this.exacts, this.normals[item]);
        this.exactOf[item] = exact;
        this.foldOfExact[exact] = this.foldOf[item];
      }
    }
  }

  /** One loop over the characters of all documents: nothing here is called for each of them. */
  #readWords(text) {
    const { size, foldOf, exactOf } = this;
    const start = text.length - this.#lines.slice(DOCUMENTS).join("\n").length;
    const words = new Int32Array(text.length - start);
    const starts = (this.starts = new Int32Array(3 * size + 1));
    const lengths = (this.lengths = new Int32Array(3 * size + 1));
    const counts = (this.counts = new Int32Array(this.folds.size));
    let at = 0;
    let row = 0;
    let end = 2;
    for (let i = start; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > SPACE) {
        let item = code - FIRST;
        if (code >= SURROGATES) {
          item = numberAt(text, i);
          if (isWide(code)) i++;
        }
        const fold = foldOf[item];
        if (fold < 0) continue;
        words[at++] = item;
        counts[fold]++;
        lengths[row] += exactOf[item] < 0 ? 1 : 2;
      } else if (code === SPACE) {
        if (row < end) starts[++row] = at;
        else words[at++] = BREAK;
      } else {
        while (row <= end) starts[++row] = at;
        end += 3;
      }
    }
    starts.fill(at, row + 1);
    this.words = words.subarray(0, at);
    this.rowOf = new Int32Array(at);
    for (row = 0; row < 3 * size; row++) this.rowOf.fill(row, starts[row], starts[row + 1]);
  }

  /** One field as it is read, see written.mjs: 0 is the title, 1 the body. */
  shown(document, field) {
    const text = this.#lines[DOCUMENTS + document].split(" ", field + 1)[field] ?? "";
    return shown(readNumbers(text), this.table, this.foldOf, field <= BODY);
  }
}

function numberOf(map, key) {
  let number = map.get(key);
  if (number === undefined) map.set(key, (number = map.size));
  return number;
}
