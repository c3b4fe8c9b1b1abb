// The JavaScript text rules agree with the examples that the Python ones are tested by.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { keystrokes } from "../../search_index/js/keyboards.mjs";
import { fold, placeTone, withoutTone, words } from "../../search_index/js/text.mjs";

const fixture = new URL("../fixtures/text_rules.json", import.meta.url);
const rules = JSON.parse(readFileSync(fixture, "utf8"));

const twins = { fold, place_tone: placeTone, without_tone: withoutTone, words, keystrokes };

for (const [name, rule] of Object.entries(twins)) {
  test(`${name} agrees with every shared example`, () => {
    assert.ok(rules[name].length > 5);
    for (const [given, expected] of rules[name]) assert.deepEqual(rule(given), expected, given);
  });
}
