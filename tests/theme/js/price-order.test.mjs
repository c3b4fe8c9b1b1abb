import assert from "node:assert/strict";
import test from "node:test";

import { compare, numberIn } from "../../../theme/static/js/modules/price-order.js";

test("a number is read the Vietnamese way", () => {
  assert.equal(numberIn(" 7.490.000 đ"), 7490000);
  assert.equal(numberIn("7,5 %"), 7.5);
  assert.ok(Number.isNaN(numberIn("Hết hiệu lực")));
});

test("numbers are ordered as numbers, and what has none comes last in any direction", () => {
  const texts = ["900.000 đ", "không", "1.000.000 đ"];
  const ordered = (direction) => texts.toSorted((a, b) => compare(a, b, true, direction));
  assert.deepEqual(ordered("ascending"), ["900.000 đ", "1.000.000 đ", "không"]);
  assert.deepEqual(ordered("descending"), ["1.000.000 đ", "900.000 đ", "không"]);
});

test("names are ordered by the Vietnamese alphabet", () => {
  const names = ["Đèn", "Dao", "Ấm", "Ba", "An", "Âm"];
  const ordered = names.toSorted((a, b) => compare(a, b, false, "ascending"));
  assert.deepEqual(ordered, ["An", "Âm", "Ấm", "Ba", "Dao", "Đèn"]);
});
