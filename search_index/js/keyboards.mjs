// How a Vietnamese word looks when the typing tool was off: "baor" (Telex) or "bao3" (VNI).
// Twin of search_index/keyboards.py.

const TONES = "\u0301\u0300\u0309\u0303\u0323"; // sắc, huyền, hỏi, ngã, nặng
const TELEX_TONES = "sfrxj";
const VNI_TONES = "12345";
const CIRCUMFLEX = "\u0302";
const BREVE = "\u0306";
const HORN = "\u031b";

/** Every way in which the keys of a lower-case NFC word may stand in a text. */
export function keystrokes(word) {
  const forms = new Set();
  for (const vni of [false, true]) {
    for (const toneLast of [false, true]) forms.add(keys(word, vni, toneLast));
  }
  // Both tools also take one key for the pair ươ.
  for (const form of [...forms]) forms.add(form.replace("uwow", "uow").replace("u7o7", "uo7"));
  return [...forms];
}

function keys(word, vni, toneLast) {
  let typed = "";
  let tone = "";
  let letter = "";
  for (const character of word.normalize("NFD")) {
    const toneNumber = TONES.indexOf(character);
    if (character === CIRCUMFLEX) typed += vni ? "6" : letter;
    else if (character === BREVE) typed += vni ? "8" : "w";
    else if (character === HORN) typed += vni ? "7" : "w";
    else if (toneNumber >= 0) {
      const key = (vni ? VNI_TONES : TELEX_TONES)[toneNumber];
      if (toneLast) tone = key;
      else typed += key;
    } else {
      letter = character;
      typed += character === "đ" ? (vni ? "d9" : "dd") : character;
    }
  }
  return typed + tone;
}
