import assert from "node:assert/strict";
import test from "node:test";

import { isExpired, todayInVietnam } from "../../../theme/static/js/modules/valid-to.js";

test("the day is Vietnam's, wherever the browser stands", () => {
  assert.equal(todayInVietnam(new Date("2026-12-31T16:59:59Z")), "2026-12-31");
  assert.equal(todayInVietnam(new Date("2026-12-31T17:00:00Z")), "2027-01-01");
});

test("a sheet is valid through its last day and expired after it", () => {
  assert.equal(isExpired("2026-12-31", new Date("2026-12-31T16:59:59Z")), false);
  assert.equal(isExpired("2026-12-31", new Date("2026-12-31T17:00:00Z")), true);
});
