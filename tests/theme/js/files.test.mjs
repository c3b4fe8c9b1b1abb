// What is said about chosen files before they are sent.

import assert from "node:assert/strict";
import test from "node:test";

import { summary, tooMuch } from "../../../theme/static/js/modules/files.js";

const MB = 1024 * 1024;
const limits = { count: 3, each: 2 * MB, together: 5 * MB };
const file = (size, name = "a.jpg") => ({ name, size });

test("what fits is no fault", () => {
  assert.equal(tooMuch([], limits), "");
  assert.equal(tooMuch([file(2 * MB), file(2 * MB), file(MB)], limits), "");
});

test("too many, too large, too much together are told apart", () => {
  assert.match(tooMuch(Array(4).fill(file(1)), limits), /Có 4 tệp.*tối đa 3 tệp/);
  assert.match(tooMuch([file(1), file(2 * MB + 1, "ảnh.jpg")], limits), /“ảnh.jpg” lớn hơn 2 MB/);
  assert.match(tooMuch(Array(3).fill(file(2 * MB)), limits), /cộng lại quá 5 MB/);
});

test("sizes are written as people read them", () => {
  assert.equal(summary([file(10)]), "Đã chọn 1 tệp, 1 KB");
  assert.equal(summary([file(MB), file(1.5 * MB)]), "Đã chọn 2 tệp, 2,5 MB");
});
