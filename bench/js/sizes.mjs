// The sizes of files, added up: as they are, with gzip and with Brotli: {"raw", "gz", "br"}.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const sizes = { raw: 0, gz: 0, br: 0 };
for (const file of process.argv.slice(2)) {
  const content = readFileSync(file);
  sizes.raw += content.length;
  sizes.gz += gzipSync(content, { level: 9 }).length;
  sizes.br += brotliCompressSync(content).length;
}
process.stdout.write(JSON.stringify(sizes));
