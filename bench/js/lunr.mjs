// lunr.js as its guide shows it: default pipeline, three fields.
import lunr from "lunr";
import { answer, documents, load } from "./protocol.mjs";

const built = lunr(function () {
  this.ref("id");
  this.field("title");
  this.field("body");
  this.field("keywords");
  for (const document of documents) this.add(document);
});
const { engine, loadMs } = load(JSON.stringify(built), (text) => lunr.Index.load(JSON.parse(text)));

// Its query language makes errors of some questions ("phí: 30k"); they are asked as plain words.
const plain = (query) => query.replace(/[:~^*+-]/g, " ").trim();
await answer(loadMs, (query) => engine.search(plain(query)).map(({ ref }) => ref));
