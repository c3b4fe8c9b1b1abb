// MiniSearch: as it comes, or (option "tuned") folded, with prefixes, one-in-five edits and a title
// boost, for text and question alike.
import MiniSearch from "minisearch";
import { answer, changed, fold, load, options } from "./protocol.mjs";

const tuned = options.includes("tuned");
const change = tuned ? fold : (text) => text;
const settings = { fields: ["title", "body", "keywords"], idField: "id" };
if (tuned) settings.searchOptions = { prefix: true, fuzzy: 0.2, boost: { title: 2 } };

const built = new MiniSearch(settings);
built.addAll(changed(change));
const { engine, loadMs } = load(JSON.stringify(built), (text) =>
  MiniSearch.loadJSON(text, settings),
);
await answer(loadMs, (query) => engine.search(change(query)).map(({ id }) => id));
