import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { appendLines } from '../src/append-lines.js';
import { useFolder } from './folder.js';

const at = useFolder();
const read = (): string => readFileSync(at('lines'), 'utf8');

it('adds records as lines, in order, also without waiting', async () => {
  const lines = await appendLines(at('lines'));
  await lines.append({ text: 'two\nlines' });
  void lines.append(1);
  void lines.append([2]);
  await lines.close();
  expect(read()).toBe('{"text":"two\\nlines"}\n1\n[2]\n');
  expect(at.names()).toEqual(['lines']);
});

it.each([
  ['', ''],
  ['1\n2\n', '1\n2\n'],
  ['1\n2\n{"cut', '1\n2\n'],
  ['{"cut', ''],
  [`1\n${'x'.repeat(200_000)}`, '1\n'],
  [`${'x'.repeat(65_535)}\n${'y'.repeat(65_536)}`, `${'x'.repeat(65_535)}\n`],
])('removes a line that was cut off (%#)', async (before, after) => {
  writeFileSync(at('lines'), before);
  await using _ = await appendLines(at('lines'));
  expect(read() === after).toBe(true);
});

it('is alone, and takes nothing after its end', async () => {
  const lines = await appendLines(at('lines'));
  await expect(appendLines(at('lines'))).rejects.toMatchObject({ code: 'LOCKED' });
  await Promise.all([lines.close(), lines.close()]);
  await expect(lines.append(1)).rejects.toMatchObject({ code: 'DISPOSED' });
  await (await appendLines(at('lines'))).close();
});

it('goes on after a record that cannot be text', async () => {
  await using lines = await appendLines(at('lines'));
  await expect(lines.append(1n)).rejects.toThrow(TypeError);
  await lines.append(1);
  expect(read()).toBe('1\n');
});

it.runIf(process.platform === 'linux')('writes through to a device', async () => {
  await using lines = await appendLines('/dev/full');
  await expect(lines.append(1)).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});

it('puts all lines so far on the disk', async () => {
  const lines = await appendLines(at('lines'));
  void lines.append(1);
  await Promise.all([lines.sync(), lines.append(2), lines.sync()]);
  expect(read()).toBe('1\n2\n');
  void lines.sync();
  await lines.close();
  await expect(lines.sync()).rejects.toMatchObject({ code: 'DISPOSED' });
});
