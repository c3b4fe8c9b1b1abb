// The sizes of a file as it is, with gzip and with Brotli, each at its best: {"raw", "gz", "br"}.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const content = readFileSync(process.argv[2]);
const sizes = {
  raw: content.length,
  gz: gzipSync(content, { level: 9 }).length,
  br: brotliCompressSync(content).length,
};
process.stdout.write(JSON.stringify(sizes));
