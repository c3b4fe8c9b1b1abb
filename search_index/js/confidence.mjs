// How sure a result is: how much of the query a document says, and says together.
// Twin of search_index/confidence.py, which says why.
import { BREAK, FIELDS } from "./corpus.mjs";
import { starting } from "./lattice.mjs";
import { CONFIDENCE } from "./weights.mjs";

const BODY = 1;

/** The share of the query, 0 to 1 by the weight of its words, that a document says. */
export function confidence(corpus, statistics, document, lattice) {
  const { support, exacts } = read(corpus, document, lattice);
  const shares = new Float64Array(lattice.size);
  for (const { from, to, terms } of lattice.edges) {
    const share = shareOf(terms, statistics, support, exacts);
    for (let place = from; place < to; place++) shares[place] = Math.max(shares[place], share);
  }
  let said = 0;
  let whole = 0;
  lattice.weights.forEach((weight, place) => {
    said += weight * shares[place];
    whole += weight;
  });
  return whole > 0 ? said / whole : 0;
}

/** Whether a result may be shown as the answer. */
export function isSure(confidence) {
  return confidence >= CONFIDENCE.enough;
}

/** What each term of the document is worth for this query, and its exact terms. */
function read({ words, starts, foldOf, exactOf }, document, lattice) {
  const pairs = pairsOf(lattice);
  const alone = lattice.size > 1 ? CONFIDENCE.word : 1;
  const support = new Map();
  const exacts = new Set();
  const raise = (term, worth) => {
    if (!(support.get(term) >= worth)) support.set(term, worth);
  };
  for (let field = 0; field < FIELDS.length; field++) {
    const worth = field === BODY ? CONFIDENCE.bodyPair : CONFIDENCE.pair;
    const row = FIELDS.length * document + field;
    let before = BREAK;
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      const term = words[i] === BREAK ? BREAK : foldOf[words[i]];
      if (term !== BREAK) {
        raise(term, alone);
        exacts.add(exactOf[words[i]]);
        if (pairs.get(before)?.has(term)) {
          raise(before, worth);
          raise(term, worth);
        }
      }
      before = term;
    }
  }
  return { support, exacts };
}

/** The terms that stand behind each term in some reading of the query. */
function pairsOf(lattice) {
  const following = starting(lattice);
  const pairs = new Map();
  const add = (first, second) => {
    const known = pairs.get(first);
    if (known) known.add(second);
    else pairs.set(first, new Set([second]));
  };
  for (const { to, terms } of lattice.edges) {
    for (let i = 1; i < terms.length; i++) add(terms[i - 1].folded, terms[i].folded);
    for (const next of following[to]) add(terms.at(-1).folded, next.terms[0].folded);
  }
  return pairs;
}

/** How much of one alternative the document says, 0 to 1. */
function shareOf(terms, statistics, support, exacts) {
  let said = 0;
  let whole = 0;
  for (const { folded, exact, weight } of terms) {
    const rarity = statistics.rarity(folded);
    const accents = exact < 0 || exacts.has(exact) ? 1 : CONFIDENCE.otherAccents;
    whole += rarity;
    said += rarity * (support.get(folded) ?? 0) * accents * Math.sqrt(Math.min(1, weight));
  }
  return whole > 0 ? said / whole : 0;
}
