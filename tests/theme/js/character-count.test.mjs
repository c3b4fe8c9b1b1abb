import assert from "node:assert/strict";
import test from "node:test";

import { countCharacters, message } from "../../../theme/static/js/modules/character-count.js";

test("decomposed letters count once", () => {
  assert.equal(countCharacters("Chứng từ điện tử"), 16);
  assert.equal(countCharacters("Chứng từ điện tử".normalize("NFD")), 16);
});

test("a line break counts once, whatever the system writes", () => {
  assert.equal(countCharacters("a\r\nb"), 3);
  assert.equal(countCharacters("a\nb"), 3);
});

test("a character outside the basic plane counts once", () => {
  assert.equal(countCharacters("🔥"), 1);
});

test("the message says what is left or what is too much", () => {
  assert.equal(message(3989), "Còn 3.989 ký tự");
  assert.equal(message(-5), "Thừa 5 ký tự");
});
