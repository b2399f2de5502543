import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import * as elsewhere from '../src/index.ts';
import * as node from '../src/node.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-mini-'));
const source = fileURLToPath(new URL('../src/node.ts', import.meta.url));
afterAll(() => rmSync(folder, { recursive: true }));

it('is in Node what it is elsewhere', () => {
  expect({ ...node }).toEqual({ ...elsewhere });
});

it.each(['esm', 'cjs'] as const)('finds the weights from a bundle in %s', async (format) => {
  const outfile = join(folder, format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs');
  await build({
    stdin: {
      contents: `import { miniModel } from ${JSON.stringify(source)}; console.log(miniModel)`,
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format,
    logLevel: 'error',
  });
  const found = execFileSync(process.execPath, [outfile], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect(realpathSync(fileURLToPath(found.trim()))).toBe(fileURLToPath(node.miniModel));
});
