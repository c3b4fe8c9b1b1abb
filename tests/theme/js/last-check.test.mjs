import assert from "node:assert/strict";
import test from "node:test";

import start, { ADDRESS, words } from "../../../theme/static/js/modules/last-check.js";

const CHECK = {
  checked_on: "2026-11-30",
  good_until: "2026-12-08",
  links: 1234,
  documents: 20,
  documents_right: 19,
};

function page(checkedOn, validTo) {
  const parts = {};
  for (const name of ["", "-built", "-late", "-kept"]) {
    parts[`[data-check${name}]`] = { hidden: name === "-late", textContent: "của lúc dựng" };
  }
  return { parts, dataset: { checkedOn, validTo }, querySelector: (name) => parts[name] };
}

const answers = (latest) => async (address) => {
  assert.equal(address, ADDRESS);
  return { ok: true, json: async () => ({ latest }) };
};
const nobody = async () => {
  throw new TypeError("no server");
};
const at = (day) => new Date(`${day}T05:00:00Z`);

async function seen(page, ...given) {
  await start(page, ...given);
  return Object.values(page.parts).map((one) => one.hidden);
}

test("a check newer than the page takes the place of the page's words", async () => {
  const element = page("2026-11-16", "2026-11-24");
  assert.deepEqual(await seen(element, answers(CHECK), at("2026-12-01")), [false, true, true, false]);
  assert.equal(element.parts["[data-check]"].textContent, words(CHECK));
  assert.equal(words(CHECK), "30/11/2026, 19 trên 20 tài liệu đúng, 1.234 liên kết đã mở");
});

test("a week without a check is said, by whatever is known", async () => {
  const late = [false, true, false, true];
  assert.deepEqual(await seen(page("2026-11-16", "2026-11-24"), answers(CHECK), at("2026-12-09")), late);
  const built = [false, false, false, true];
  assert.deepEqual(await seen(page("2026-11-16", "2026-11-24"), nobody, at("2026-11-25")), built);
  assert.deepEqual(await seen(page("2026-11-16", "2026-11-24"), answers(null), at("2026-11-25")), built);
});

test("the last day is good, and a page of a later check is not talked back", async () => {
  const element = page("2026-12-07", "2026-12-15");
  assert.deepEqual(await seen(element, answers(CHECK), at("2026-12-15")), [false, false, true, false]);
  assert.equal(element.parts["[data-check]"].textContent, "của lúc dựng");
});

test("before the first check nothing is claimed either way", async () => {
  assert.deepEqual(await seen(page("", ""), answers(null), at("2026-12-15")), [false, false, true, false]);
});
