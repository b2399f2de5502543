/**
 * How much the crop matters: `node bench/framing.mjs FACES SPLIT CHECKPOINT [LIMIT]` measures a model with crops found by
 * the detector and with each set's fixed square, on the same faces, and gives the 95 % bootstrap interval of the
 * difference. FACES is a folder as `facexformer eval` takes it.
 */
import { importTypeScript } from './typescript.mjs';

const [folder, split, path, limit = 'Infinity'] = process.argv.slice(2);
const { compare } = await importTypeScript('bench/framing.ts');
const { rows, rates, seconds, faces } = await compare(folder, split, path, Number(limit));
console.log(
  '| figure | faces | detector | fixed | detector - fixed | 95 % interval |\n|---|---|---|---|---|---|',
);
for (const { figure, n, detector, fixed, low, high } of rows) {
  const cells = [detector, fixed, detector - fixed].map((value) => value.toFixed(4));
  console.log(`| ${figure} | ${n} | ${cells.join(' | ')} | ${low.toFixed(4)} to ${high.toFixed(4)} |`);
}
for (const [name, value] of rates) console.log(`${name} ${value.toFixed(4)}`);
for (const [framing, time] of Object.entries(seconds)) {
  console.log(`${framing}: ${(faces / time).toFixed(1)} faces per second`);
}
const { maxRSS } = process.resourceUsage();
console.log(`peak memory ${(maxRSS / 1024).toFixed(0)} MiB`);
