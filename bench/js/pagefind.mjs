// Pagefind over pages of the documents, its browser module driven in Node over loopback HTTP.
// What counts as its index is what it fetches before and for the first question.
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pagefind from "pagefind";
import { answer, documents, indexPath } from "./protocol.mjs";

const folder = mkdtempSync(join(tmpdir(), "pagefind-"));
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const { index } = await pagefind.createIndex({ forceLanguage: "vi" });
for (const [number, { title, body, keywords }] of documents.entries()) {
  const said = `<h1>${escaped(title)}</h1><p>${escaped(body)}</p><p>${escaped(keywords)}</p>`;
  const head = `<html lang="vi"><title>${escaped(title)}</title>`;
  const page = { url: `/${number}/`, content: `${head}<main data-pagefind-body>${said}</main></html>` };
  await index.addHTMLFile(page);
}
await index.writeFiles({ outputPath: folder });
await pagefind.close();

const fetched = [];
const server = createServer((request, response) => {
  const path = join(folder, decodeURIComponent(request.url.split("?")[0]));
  if (!existsSync(path)) return response.writeHead(404).end();
  const content = readFileSync(path);
  if (!/\.(js|wasm|pagefind)$/.test(path)) fetched.push(content);
  return response.end(content);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}/`;

// The module expects a page around it.
const root = { lang: "vi", getAttribute: () => "vi" };
globalThis.document = { querySelector: () => root, currentScript: null, documentElement: root };
globalThis.window = globalThis;
globalThis.location = new URL(base);
const nodeFetch = globalThis.fetch;
globalThis.fetch = (address, settings) => nodeFetch(new URL(String(address), base), settings);
const module = join(folder, "pagefind.mjs");
writeFileSync(module, readFileSync(join(folder, "pagefind.js")));
const engine = await import(module);
await engine.options({ basePath: base, baseUrl: "/", noWorker: true });
const start = performance.now();
await engine.init("vi");
const loadMs = performance.now() - start;

async function ask(query) {
  const { results } = await engine.search(query);
  const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return pages.map(({ url }) => documents[Number(url.split("/")[1])].id);
}
await ask(documents[0].title);
writeFileSync(indexPath, Buffer.concat(fetched));
await answer(loadMs, ask);
server.close();
rmSync(folder, { recursive: true });
process.exit(0);
