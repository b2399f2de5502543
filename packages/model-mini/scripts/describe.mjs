/** Writes SHA-256 and length of the weights into `src/weights.ts`. Run by the build, and by tools/publish-mini.mjs. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const file = readFileSync(new URL('../weights/mini.safetensors', import.meta.url));
const hash = createHash('sha256').update(file).digest('hex');
const length = file.length.toLocaleString('en').replaceAll(',', '_');
const target = new URL('../src/weights.ts', import.meta.url);
const text = `// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at \`miniModel\`, for \`urlSource\`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:${hash}';

/** Length of the file at \`miniModel\` in bytes. */
export const miniModelBytes: number = ${length};
`;
if (readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
