// Every number that ranking was tuned with, in one place. Twin of search_index/weights.py.

/** How much each kind of alternative counts against the word as typed. */
export const SLOTS = {
  abbreviation: 0.8,
  acronym: 0.45, // the letters are the initials of words that stand together somewhere
  synonym: 0.35,
  joined: 0.9, // "vn pay" for "vnpay"
  split: 0.9, // "baohanh" for "bảo hành"
  prefix: 0.8, // completions of an unknown last word
  knownPrefix: 0.8, // completions of a last word that is a word already
  prefixAlone: 0.35, // share of a completion that never stands after the word before it
  neighbour: 0.7, // one edit away from an unknown word
  neighbourInPair: 0.7, // … that stands beside the next word somewhere
  neighbourAlone: 0.28, // … that never does, while another neighbour does
  slip: 0.45, // one edit away from a known word that, unlike it, goes with its neighbours
  light: 0.65, // question words and particles
};

/** When to be sure of a result: see confidence.mjs. */
export const CONFIDENCE = {
  pair: 1, // a word beside its neighbour of the query, in a title or another phrasing
  bodyPair: 0.6, // … in a body
  word: 0.5, // a word without its neighbour
  otherAccents: 0.6, // share of a word that was typed with other accents
  light: 0.35, // what a light word weighs in the query
  enough: 0.6, // what a sure result says of the query at least
};

/** What each observation of the second pass counts. */
export const RERANK = {
  exact: 0.5, // the accents that were typed
  pair: 0.6, // two neighbours of the query are neighbours in the document
  titleOverlap: 1.1,
  lightTitle: 0.4, // what a light word weighs in a title
  k1: 1.2,
  bTitle: 0.9,
  bBody: 0.75,
  title: 1.2,
  body: 1,
  keywords: 1.2,
  pairTitle: 1.5,
  pairBody: 1.2,
  pairKeywords: 1.2,
};
