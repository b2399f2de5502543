/** Writes the metrics of the training into MODEL_CARD.md, as the last step of `npm run train`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { bytesSource, openPluginCheckpoint } from '@facexformer/core';

const file = (path) => new URL(`../${path}`, import.meta.url);
const bytes = readFileSync(file('weights/eyeglasses.safetensors'));
const { info } = await openPluginCheckpoint(bytesSource(bytes));
const lines = readFileSync(file('weights/eyeglasses.jsonl'), 'utf8').trim().split('\n');
const { counts } = JSON.parse(lines.at(-1));
const rows = Object.entries(info.metrics ?? {}).map(
  ([name, { value, low, high }]) =>
    `| ${name} | ${value.toFixed(3)} | ${low.toFixed(3)} to ${high.toFixed(3)} |`,
);
const measured = `On ${counts.test} photos that were used neither to train (${counts.train}) nor to choose the epoch (${counts.val}):

| metric | value | 95 % interval |
|---|---|---|
${rows.join('\n')}

Base: ${info.base.name}, \`${info.base.contentHash}\`. Weights: ${bytes.length} bytes, \`${info.contentHash}\`.`;

const card = readFileSync(file('MODEL_CARD.md'), 'utf8');
const part = /(<!-- measured -->\n)[\s\S]*(\n<!-- \/measured -->)/;
if (!part.test(card)) throw new Error('MODEL_CARD.md has lost its <!-- measured --> marks');
writeFileSync(
  file('MODEL_CARD.md'),
  card.replace(part, (_, before, after) => before + measured + after),
);
