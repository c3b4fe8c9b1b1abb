// In how many documents one word stands right before another, counted once for the whole corpus.
import { BREAK } from "./corpus.mjs";

const EMPTY = -1;

/** A hash table of neighbouring folded terms. */
export class Pairs {
  #terms;
  #keys;
  #counts;
  #mask;

  constructor({ size, words, starts, foldOf, folds }) {
    this.#terms = folds.size;
    let room = 1024;
    while (room < words.length * 1.5) room *= 2;
    this.#mask = room - 1;
    this.#keys = new Float64Array(room).fill(EMPTY);
    this.#counts = new Uint16Array(room);
    const last = new Int32Array(room).fill(-1);
    for (let document = 0; document < size; document++) {
      for (let row = 3 * document; row < 3 * document + 3; row++) {
        for (let i = starts[row] + 1; i < starts[row + 1]; i++) {
          if (words[i] === BREAK || words[i - 1] === BREAK) continue;
          const key = this.#key(foldOf[words[i - 1]], foldOf[words[i]]);
          const place = this.#place(key);
          this.#keys[place] = key;
          if (last[place] !== document) {
            last[place] = document;
            this.#counts[place]++;
          }
        }
      }
    }
  }

  /** The number of documents in which the first folded term stands right before the second. */
  count(first, second) {
    const key = this.#key(first, second);
    const place = this.#place(key);
    return this.#keys[place] === key ? this.#counts[place] : 0;
  }

  #key(first, second) {
    return first * this.#terms + second;
  }

  #place(key) {
    const keys = this.#keys;
    let place = (Math.imul(key | 0, 0x9e3779b1) ^ (key / 4294967296)) & this.#mask;
    while (keys[place] !== EMPTY && keys[place] !== key) place = (place + 1) & this.#mask;
    return place;
  }
}
