// What a word is: the rules of Vietnamese text that the index and every query share.
// Twin of search_index/text.py; tests/fixtures/text_rules.json holds both to the same examples.

// Letters and digits, and the combining marks after them that NFC could not merge. Characters
// above U+FFFF are left out: Python and JavaScript sort them differently.
const LETTER = "(?![\\u{10000}-\\u{10ffff}])[\\p{L}\\p{N}]";
const SURFACE = new RegExp(`${LETTER}(?:${LETTER}|[\\u0300-\\u036f])*`, "gu");
const MARKS = /[\u0300-\u036f]+/g;
const LATIN = /^[\x00-\u024f\u1e00-\u1eff]*$/;
const foldedLetters = new Map();
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD_START = new RegExp(`^${LETTER}`, "u");

// An open syllable in oa, oe or uy is written with its tone on the first vowel ("hòa") or on the
// second ("hoà"). After q the u belongs to the consonant.
const NEW_TO_OLD = new Map();
for (const [first, second, tonesFirst, tonesSecond] of [
  ["o", "a", "òóỏõọ", "àáảãạ"],
  ["o", "e", "òóỏõọ", "èéẻẽẹ"],
  ["u", "y", "ùúủũụ", "ỳýỷỹỵ"],
]) {
  for (let i = 0; i < tonesFirst.length; i++) {
    NEW_TO_OLD.set(first + tonesSecond[i], tonesFirst[i] + second);
  }
}

// The end of a word of a list, divided by tabs, that may have its tone on the second vowel.
const OPEN_SYLLABLE = /.?(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?=\t|$)/g;

/** The text without diacritics: "Đường dây" becomes "Duong day". NFD does not split đ. */
export function fold(text) {
  if (!LATIN.test(text)) return foldAny(text);
  let bare = "";
  for (const letter of text) bare += letter < "\x80" ? letter : foldedLetter(letter);
  return bare;
}

/** Precomposed Latin letters fold one by one, and there are few of them. */
function foldedLetter(letter) {
  let bare = foldedLetters.get(letter);
  if (bare === undefined) foldedLetters.set(letter, (bare = foldAny(letter)));
  return bare;
}

function foldAny(text) {
  return text
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .normalize("NFC");
}

/** The word without its tone, the letter's own mark kept: "nhận" becomes "nhân". */
export function withoutTone(word) {
  return word.normalize("NFD").replace(TONES, "").normalize("NFC");
}

/** Write the tone of a lower-case NFC word in the old place: "hoà" becomes "hòa". */
export function placeTone(word) {
  const old = NEW_TO_OLD.get(word.slice(-2));
  return old !== undefined && word.at(-3) !== "q" ? word.slice(0, -2) + old : word;
}

/** The one form under which a written word is indexed and looked up. */
export function normal(surface) {
  const lower = surface.toLowerCase();
  return placeTone(LATIN.test(lower) ? lower : lower.normalize("NFC").replace(MARKS, ""));
}

/** `fold` for many texts divided by tabs at once: a tenth of the time of one by one. */
export function foldAll(line) {
  return foldAny(line);
}

/** `normal` for many words divided by tabs at once. */
export function normalAll(line) {
  return line
    .toLowerCase()
    .normalize("NFC")
    .replace(MARKS, "")
    .replace(OPEN_SYLLABLE, (ending) => placeTone(ending));
}

/** The normalised words of any text: lower case, letters and digits only. */
export function words(text) {
  return (text.normalize("NFC").match(SURFACE) ?? []).map(normal);
}

/** Whether a piece of text is a word and not what stands between words. */
export function isWord(piece) {
  return WORD_START.test(piece);
}
