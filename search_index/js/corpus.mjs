// Read the compact index file (see search_index/compact.py) into flat arrays of word numbers.
import { fold, isWord, normal } from "./text.mjs";

const FORMAT = 1;
const FIRST = 0x21;

/** The fields of a document, in the order of every array that is kept per field. */
export const FIELDS = ["title", "body", "keywords"];

/** Between two other phrasings of a document there is no neighbour. */
export const BREAK = -1;

/**
 * All documents as numbers.
 *
 * `words` holds the word numbers of every field, one after the other; field f of document d lies at
 * `starts[3 * d + f]` up to `starts[3 * d + f + 1]`. A word number leads to its folded term
 * (`foldOf`) and, when it was written with diacritics, its exact term (`exactOf`, else -1);
 * `isLight` marks question words and particles.
 */
export class Corpus {
  constructor(text) {
    const lines = text.split("\n");
    const header = JSON.parse(lines[0]);
    if (header.format !== FORMAT) throw new Error(`search index of format ${header.format}`);
    this.ids = header.ids;
    this.urls = header.urls ?? header.ids.map(() => "");
    this.kinds = header.ids.map((id) => id.split(":", 1)[0]);
    this.language = header.language;
    this.size = this.ids.length;
    this.table = lines[1].split("\t");
    this.lines = lines.slice(2, 2 + this.size);
    this.#nameTerms();
    this.#readWords();
  }

  /** Number the folded and the exact terms of every word of the table. */
  #nameTerms() {
    this.folds = new Map();
    this.exacts = new Map();
    this.foldOf = new Int32Array(this.table.length);
    this.exactOf = new Int32Array(this.table.length);
    const light = new Set(this.language.light);
    this.isLight = new Uint8Array(this.table.length);
    this.table.forEach((item, number) => {
      if (!isWord(item)) {
        this.foldOf[number] = this.exactOf[number] = -1;
        return;
      }
      const word = normal(item);
      const bare = fold(word);
      this.isLight[number] = light.has(word) ? 1 : 0;
      this.foldOf[number] = numberOf(this.folds, bare);
      this.exactOf[number] = bare === word ? -1 : numberOf(this.exacts, word);
    });
  }

  #readWords() {
    const { size, foldOf } = this;
    const room = this.lines.reduce((sum, line) => sum + line.length, 0);
    this.words = new Int32Array(room);
    this.starts = new Int32Array(3 * size + 1);
    let at = 0;
    for (let document = 0; document < size; document++) {
      const line = this.lines[document];
      let field = 0;
      this.starts[3 * document] = at;
      for (let i = 0; i < line.length; i++) {
        const code = line.charCodeAt(i);
        if (code === 0x20) {
          field++;
          if (field <= 2) this.starts[3 * document + field] = at;
          else this.words[at++] = BREAK;
          continue;
        }
        const item = itemNumber(line, i, code);
        if (code >= 0xd800 && code < 0xe000) i++;
        if (foldOf[item] >= 0) this.words[at++] = item;
      }
      while (field < 2) this.starts[3 * document + ++field] = at;
    }
    this.starts[3 * size] = at;
    this.words = this.words.subarray(0, at);
  }

  /** The items of one field, words and gaps, for showing it: 0 is the title, 1 the body. */
  items(document, field) {
    const text = this.lines[document].split(" ", field + 1)[field] ?? "";
    return Array.from(text, (character) => this.table[itemNumber(character, 0, character.charCodeAt(0))]);
  }

  /** The folded form of an item of the table, however it is written. */
  bare(item) {
    return fold(normal(item));
  }
}

function itemNumber(text, index, code) {
  if (code < 0xd800) return code - FIRST;
  const point = text.codePointAt(index);
  return point - FIRST - 0x800;
}

function numberOf(map, key) {
  let number = map.get(key);
  if (number === undefined) map.set(key, (number = map.size));
  return number;
}
