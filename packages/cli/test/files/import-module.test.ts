import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ownTask } from '../../src/models/own-task.js';
import { readSink } from '../../src/queue/read-sink.js';

const folder = mkdtempSync(join(tmpdir(), 'modules-'));
afterAll(() => rmSync(folder, { recursive: true }));

function moduleOf(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}
const taskOf = (path: string) => ownTask({ task: path, kind: 'classify', tokens: 1 } as never, folder);

it.each([
  ['null', 'throw null;', 'NOT_FOUND'],
  ['error', 'throw new Error("not today");', 'NOT_FOUND'],
  ['nothing', 'export const a = 1;', 'BAD_OPTION'],
])('says what is wrong with a module (%s)', async (name, code, expected) => {
  const path = moduleOf(name, code);
  await expect(readSink(path)).rejects.toMatchObject({ code: expected });
  await expect(taskOf(path)).rejects.toMatchObject({ code: expected });
});

it('says that a task cannot be made', async () => {
  const path = moduleOf('factory', 'export function task() { throw undefined; }');
  await expect(taskOf(path)).rejects.toMatchObject({ code: 'BAD_OPTION' });
});
