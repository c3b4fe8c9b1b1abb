import assert from "node:assert/strict";
import test from "node:test";

import { isExpired, phase, todayInVietnam } from "../../../theme/static/js/modules/valid-to.js";

test("the day is Vietnam's, wherever the browser stands", () => {
  assert.equal(todayInVietnam(new Date("2026-12-31T16:59:59Z")), "2026-12-31");
  assert.equal(todayInVietnam(new Date("2026-12-31T17:00:00Z")), "2027-01-01");
});

test("a sheet is valid through its last day and expired after it", () => {
  assert.equal(isExpired("2026-12-31", new Date("2026-12-31T16:59:59Z")), false);
  assert.equal(isExpired("2026-12-31", new Date("2026-12-31T17:00:00Z")), true);
});

test("a sheet is announced, holds and is over, and never goes back", () => {
  const days = { validFrom: "2027-01-01", validTo: "2027-03-31" };
  const on = (day, built) => phase({ ...days, phase: built }, new Date(`${day}T05:00:00Z`));
  assert.equal(on("2026-12-31", "next"), "next");
  assert.equal(on("2027-01-01", "next"), "current");
  assert.equal(on("2027-04-01", "next"), "expired");
  assert.equal(on("2026-12-31", "current"), "current");
  assert.equal(on("2027-01-01", "expired"), "expired");
  assert.equal(phase({}, new Date()), "current");
});
