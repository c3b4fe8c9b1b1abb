// Items as characters, one each: twin of search_index/codes.py.

/** The first character, and the first of those that are skipped. */
export const FIRST = 0x21;
export const SURROGATES = 0xd800;
const SURROGATE_COUNT = 0x800;

/** The numbers of the items that characters name. */
export function readNumbers(text) {
  return Array.from(text, (character) => numberAt(character, 0));
}

/** The number of the item that the character at an index names; it may be two code units. */
export function numberAt(text, index) {
  const point = text.codePointAt(index);
  return point - FIRST - (point < SURROGATES ? 0 : SURROGATE_COUNT);
}

/** Whether a code unit is the first of two. */
export function isWide(code) {
  return code >= SURROGATES && code < SURROGATES + SURROGATE_COUNT;
}
