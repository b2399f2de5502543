import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { resumeFile } from '../src/resume-file.js';
import { useFolder } from './folder.js';

const at = useFolder();
const bytes = (text: string): Uint8Array => Buffer.from(text);

it('comes together over several runs and then takes its place', async () => {
  writeFileSync(at('file'), 'old');
  const first = await resumeFile(at('file'));
  await first.append(bytes('one '));
  await first.close();
  expect(at.names()).toEqual(['file', 'file.partial']);

  const second = await resumeFile(at('file'));
  expect(second.size).toBe(4);
  await second.append(bytes('two'));
  expect([second.size, readFileSync(second.partial, 'utf8')]).toEqual([7, 'one two']);
  expect(readFileSync(at('file'), 'utf8')).toBe('old');
  await second.commit();
  await second.close();
  expect(readFileSync(at('file'), 'utf8')).toBe('one two');
  expect(at.names()).toEqual(['file']);
});

it('starts over, and leaves nothing when it is discarded', async () => {
  const file = await resumeFile(at('file'));
  await file.append(bytes('wrong'));
  await file.restart();
  await file.append(bytes('right'));
  expect([file.size, readFileSync(file.partial, 'utf8')]).toEqual([5, 'right']);
  await file.discard();
  expect(at.names()).toEqual([]);
});

it('leaves nothing where no byte came', async () => {
  await (await resumeFile(at('file'))).close();
  expect(at.names()).toEqual([]);
});

it('is alone with its bytes', async () => {
  await using file = await resumeFile(at('file'));
  await expect(resumeFile(at('file'))).rejects.toMatchObject({ code: 'LOCKED' });
  await file.append(bytes('whole'));
});

it('needs a regular file', async () => {
  await expect(resumeFile('/dev/null')).rejects.toThrow('/dev/null is not a regular file');
  await expect(resumeFile(at())).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});
