import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkOutputs, probeOutput } from '../src/check-outputs.js';
import { useFolder } from './folder.js';

const at = useFolder();

it('finds what can be written, and leaves nothing', async () => {
  writeFileSync(at('file'), 'old');
  await probeOutput(at('file'));
  await probeOutput(at('new'));
  await probeOutput(at('a/b/new'));
  expect(at.names()).toEqual(['file']);
});

it.runIf(process.platform === 'linux')('finds devices that can be written', async () => {
  await probeOutput('/dev/null');
  await probeOutput('/dev/full'); // only a write tells
});

it.each(['folder', 'new/', 'file/new', 'file/a/b'])('refuses %s', async (name) => {
  mkdirSync(at('folder'));
  writeFileSync(at('file'), 'old');
  await expect(probeOutput(at(name))).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringContaining(at(name === 'folder' || name === 'new/' ? name : 'file')),
  });
});

it.runIf(process.platform === 'linux')(
  'refuses where the system makes no files, to root as well',
  async () => {
    await expect(probeOutput('/proc/a/b')).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  },
);

it.skipIf(process.getuid?.() === 0)('refuses without permission', async () => {
  mkdirSync(at('folder'));
  chmodSync(at('folder'), 0o500);
  await expect(probeOutput(at('folder/new'))).rejects.toThrow('EACCES');
});

it('checks all outputs of a command', async () => {
  writeFileSync(at('photo'), '');
  const many = Array.from({ length: 100 }, (_, i) => at(`out/${i}`));
  await checkOutputs([...many, at('json'), '/dev/null'], [at('photo')]);
  await expect(checkOutputs([...many, at('photo')], [at('photo')])).rejects.toMatchObject({
    code: 'BAD_OPTION',
  });
  await expect(checkOutputs([...many, at('photo/json')], [])).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  await checkOutputs([], [at('missing')]);
  expect(at.names()).toEqual(['photo']);
});
