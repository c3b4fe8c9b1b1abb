import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, titlesOf } from "../../../theme/static/js/modules/compare.js";

const CODES = ["NC-10M", "NC-18C", "BT-40D"];

test("the address chooses both products", () => {
  assert.deepEqual(chosen("?a=BT-40D&b=NC-10M", CODES), { a: "BT-40D", b: "NC-10M" });
});

test("what nobody makes is not chosen", () => {
  assert.deepEqual(chosen("?a=%3Cscript%3E&b=NC-99X", CODES), { a: "NC-10M", b: "NC-18C" });
});

test("without a second product another one is chosen", () => {
  assert.deepEqual(chosen("?a=NC-10M", CODES), { a: "NC-10M", b: "NC-18C" });
});

test("titles of both products stand in the order of the first", () => {
  const first = new Map([["Giá", 1], ["Công suất", 2]]);
  const second = new Map([["Giá", 1], ["Khay", 2]]);
  assert.deepEqual(titlesOf(first, second), ["Giá", "Công suất", "Khay"]);
});
