import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listLines } from '../../src/files/list-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'list-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(content: string | Buffer): Promise<readonly string[]> {
  const path = join(folder, 'list');
  writeFileSync(path, content);
  const lines: string[] = [];
  for await (const line of listLines(path)) lines.push(line);
  return lines;
}

it('gives lines whoever wrote them, however long the list is', async () => {
  expect(await linesOf('\uFEFFa.png\r\nb.png\n\nc.png')).toEqual(['a.png', 'b.png', '', 'c.png']);
  const many = Array.from({ length: 20_000 }, (_, i) => `größe ${i}.jpg`); // letters cut where pieces are
  expect(await linesOf(`${many.join('\n')}\n`)).toEqual(many);
});

it('refuses what is no list, such as a device that never ends a line', async () => {
  await expect(linesOf(Buffer.alloc(2 ** 21, 'x'))).rejects.toMatchObject({ code: 'BAD_OPTION' });
  await expect(listLines('/dev/zero').next()).rejects.toMatchObject({ code: 'BAD_OPTION' });
  await expect(listLines(folder).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(listLines(join(folder, 'none')).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
