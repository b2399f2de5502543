import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { analyze } from '../../src/commands/analyze.js';
import { convert } from '../../src/commands/convert.js';
import { exportModel } from '../../src/commands/export.js';
import { trainTaskCommand } from '../../src/commands/train-task.js';
import { collect } from '../collect.js';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  for (const name of ['a.png', 'b.png', 'model', 'smile.jsonl', 'a.jsonl.options.json'])
    writeFileSync(at(name), name);
  symlinkSync('a.png', at('link.png'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['analyze --out', () => analyze.run([at('b.png'), at('a.png'), '--out', at('a.png')], collect().output)],
  [
    'analyze --out over a list, with its settings',
    () => analyze.run(['--list', at('a.jsonl.options.json'), '--out', at('a.jsonl')], collect().output),
  ],
  ['analyze --json, by a link', () => analyze.run([at('a.png'), '--json', at('link.png')], collect().output)],
  ['analyze --overlay', () => analyze.run([folder, '--overlay', folder], collect().output)],
  ['analyze --raw', () => analyze.run([at('a.png'), '--raw', at('a.png')], collect().output)],
  [
    'analyze --json over its model',
    () => analyze.run([at('a.png'), '--checkpoint', at('model'), '--json', at('model')], collect().output),
  ],
  [
    'analyze with one file for two outputs',
    () => analyze.run([at('a.png'), '--json', at('new'), '--raw', at('new')], collect().output),
  ],
  ['convert', () => convert.run([at('model'), '--out', at('model')], collect().output)],
  ['export', () => exportModel.run(['--checkpoint', at('model'), '--out', at('model')], collect().output)],
  [
    'train-task with a log that is its table',
    () =>
      trainTaskCommand.run(
        [at('smile.jsonl'), '--name', 'smile', '--labels', 'a,b', '--out', at('smile.safetensors')],
        collect().output,
      ),
  ],
])('%s destroys no input', async (_, run) => {
  await expect(run()).rejects.toMatchObject({ code: 'BAD_OPTION' });
  for (const name of ['a.png', 'b.png', 'model', 'smile.jsonl', 'a.jsonl.options.json'])
    expect(readFileSync(at(name), 'utf8')).toBe(name);
});

it.each([
  ['analyze', () => analyze.run([at('a.png'), '--json', at('model/new')], collect().output)],
  ['convert', () => convert.run([at('model'), '--out', folder], collect().output)],
])('%s says before the work that an output cannot be written', async (_, run) => {
  await expect(run()).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});
