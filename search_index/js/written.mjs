// A field as it is read: twin of search_index/written.py, which says what an item is.

/** The item that turns the case of the word behind it. */
const SHIFT = "";

/**
 * A list of `{text, term}`: words with their capitals and their folded term, and what stands
 * between them, with term -1. `items` are numbers of the table; `opens`: a capital comes first.
 */
export function shown(items, table, foldOf, opens) {
  const found = [];
  let shifted = false;
  for (const item of items) {
    const text = table[item];
    const term = foldOf[item];
    if (text === SHIFT) {
      shifted = true;
    } else if (term >= 0) {
      found.push({ text: opens !== shifted ? capital(text) : text, term });
      opens = shifted = false;
    } else {
      found.push({ text, term });
      opens = endsSentence(text);
    }
  }
  return found;
}

function capital(word) {
  const upper = word[0].toUpperCase();
  const turns = upper.length === 1 && upper.toLowerCase() === word[0];
  return turns ? upper + word.slice(1) : word;
}

function endsSentence(gap) {
  return gap.endsWith(" ") && /[.?!]/.test(gap);
}
