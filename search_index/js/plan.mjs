// What the second pass looks for: the edges of a lattice as numbered atoms with their worth.
import { starting } from "./lattice.mjs";
import { RERANK } from "./weights.mjs";

/**
 * The plan of one query. An atom is a folded term that some edge names; `terms[atom]` is its term
 * number, `exacts[atom]` the same for accented forms.
 */
export class Plan {
  #pairs = new Map();
  #pairWorth = [];
  #pairGroup = [];
  #groups = new Map();
  #endings;
  #atoms = new Map();
  #exactAtoms = new Map();
  #best;
  #sums;
  #bestPairs;

  constructor({ size, edges }, statistics, pairs) {
    this.size = size;
    this.terms = [];
    this.exacts = [];
    this.edges = edges.map((edge) => this.#number(edge, statistics));
    this.#endings = Array.from({ length: size + 1 }, () => []);
    for (const edge of this.edges) this.#endings[edge.to].push(edge);
    this.worth = new Float64Array(this.terms.length);
    for (const { terms } of this.edges) {
      for (const { atom, worth } of terms) this.worth[atom] = Math.max(this.worth[atom], worth);
    }
    this.#best = new Float64Array(size + 1);
    /** The worth of the whole query: of a document that says every word of it once. */
    this.mass = this.bestPath({
      terms: new Float64Array(this.terms.length).fill(1),
      exacts: new Float64Array(this.exacts.length),
    });
    this.#addPairs(edges, statistics, pairs);
    this.#sums = {
      terms: new Float64Array(this.terms.length),
      exacts: new Float64Array(this.exacts.length),
      pairs: new Float64Array(this.#pairWorth.length),
    };
    this.#bestPairs = new Float64Array(this.#groups.size);
  }

  #number({ from, to, terms }, statistics) {
    return {
      from,
      to,
      terms: terms.map(({ folded, exact, weight }) => ({
        atom: atomOf(this.#atoms, this.terms, folded),
        worth: weight * statistics.rarity(folded),
        exact: exact < 0 ? -1 : atomOf(this.#exactAtoms, this.exacts, exact),
        exactWorth:
          exact < 0 ? 0 : RERANK.exact * weight * statistics.rarity(statistics.folds + exact),
      })),
    };
  }

  #addPairs(edges, statistics, pairs) {
    const add = (first, second, group) => {
      const count = pairs.count(first.folded, second.folded);
      if (count === 0) return;
      const worth = Math.min(first.weight, second.weight) * statistics.rarityOf(count);
      const key = this.#atoms.get(first.folded) * this.terms.length + this.#atoms.get(second.folded);
      this.#keepPair(key, worth, atomOf(this.#groups, [], group));
    };
    const following = starting({ size: this.size, edges });
    for (const { from, to, terms } of edges) {
      for (let i = 1; i < terms.length; i++) add(terms[i - 1], terms[i], `${from}.${i}`);
      for (const next of following[to]) add(terms.at(-1), next.terms[0], to);
    }
  }

  #keepPair(key, worth, group) {
    const pair = this.#pairs.get(key);
    if (pair === undefined) {
      this.#pairs.set(key, this.#pairWorth.length);
      this.#pairWorth.push(worth);
      this.#pairGroup.push(group);
    } else if (this.#pairWorth[pair] < worth) {
      this.#pairWorth[pair] = worth;
      this.#pairGroup[pair] = group;
    }
  }

  /** Sums for one document, all zero; the same arrays serve one document after the other. */
  clearedSums() {
    this.#sums.terms.fill(0);
    this.#sums.exacts.fill(0);
    this.#sums.pairs.fill(0);
    return this.#sums;
  }

  /** The worth of the atoms seen so far. */
  massOf(terms) {
    let mass = 0;
    for (let atom = 0; atom < terms.length; atom++) if (terms[atom] > 0) mass += this.worth[atom];
    return mass;
  }

  /** The number of the pair of two atoms, or undefined when the query has no such pair. */
  pairNumber(first, second) {
    return this.#pairs.get(first * this.terms.length + second);
  }

  /** The highest sum of edge scores along one way through the lattice; words may be left out. */
  bestPath({ terms, exacts }) {
    const best = this.#best;
    for (let place = 1; place <= this.size; place++) {
      best[place] = best[place - 1];
      for (const edge of this.#endings[place]) {
        let score = best[edge.from];
        for (const { atom, worth, exact, exactWorth } of edge.terms) {
          score += worth * terms[atom];
          if (exact >= 0) score += exactWorth * exacts[exact];
        }
        if (score > best[place]) best[place] = score;
      }
    }
    return best[this.size];
  }

  /** The best pair at each place, added up; `rise(times)` dampens repetition. */
  scorePairs(seenPairs) {
    const best = this.#bestPairs.fill(0);
    for (let pair = 0; pair < seenPairs.length; pair++) {
      if (seenPairs[pair] === 0) continue;
      const score = this.#pairWorth[pair] * seenPairs[pair];
      if (score > best[this.#pairGroup[pair]]) best[this.#pairGroup[pair]] = score;
    }
    let total = 0;
    for (const score of best) total += score;
    return total;
  }
}

function atomOf(map, list, key) {
  let atom = map.get(key);
  if (atom === undefined) {
    map.set(key, (atom = map.size));
    list.push(key);
  }
  return atom;
}
