// Language data as four lines of the compact index: twin of search_index/spoken.py.
import { readNumbers } from "./codes.mjs";

/** `{light, abbreviations, groups}`: a list, a Map of lists and a list of lists. */
export function readLanguage([moreLine, lightLine, meaningsLine, groupsLine], table) {
  const more = parts(moreLine);
  const all = [...table, ...more];
  const words = (text) => readNumbers(text).map((number) => all[number]);
  const phrases = (entry) => entry.split(" ").map((phrase) => words(phrase).join(" "));
  return {
    light: words(lightLine),
    abbreviations: new Map(parts(meaningsLine).map((entry, i) => [more[i], phrases(entry)])),
    groups: parts(groupsLine).map(phrases),
  };
}

function parts(line) {
  return line === "" ? [] : line.split("\t");
}
