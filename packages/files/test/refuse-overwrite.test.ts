import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refuseOverwrite } from '../src/refuse-overwrite.js';
import { useFolder } from './folder.js';

const at = useFolder();
const refused = (name: string, other: string) => ({
  code: 'BAD_OPTION',
  details: { output: at(name), other: at(other) },
});

it('knows an input by another path, a link and a second name', async () => {
  mkdirSync(at('folder'));
  writeFileSync(at('photo'), '');
  symlinkSync('photo', at('link'));
  symlinkSync('.', at('here'));
  linkSync(at('photo'), at('twin'));
  for (const name of ['photo', 'folder/../photo', 'link', 'here/photo', 'twin']) {
    await expect(refuseOverwrite([at('new'), at(name)], [at('photo')])).rejects.toMatchObject(
      refused(name, 'photo'),
    );
  }
  await refuseOverwrite([at('new'), at('other')], [at('photo'), at('link'), at('missing')]);
});

it('knows an output that is yet to be made', async () => {
  symlinkSync('.', at('here'));
  symlinkSync('later', at('dangling'));
  for (const [one, other] of [
    ['a/b', 'here/a/b'],
    ['dangling', 'later'],
  ] as const) {
    await expect(refuseOverwrite([at(one), at(other)], [])).rejects.toMatchObject(refused(other, one));
  }
  await refuseOverwrite([at('a/b'), at('a/c'), at('b')], []);
});

it('knows names that differ in case alone where the folder does not tell them apart', async () => {
  mkdirSync(at('OUT'));
  await refuseOverwrite([at('OUT/a'), at('OUT/A')], []);
  symlinkSync('OUT', at('out')); // as a file system without case would answer
  await expect(refuseOverwrite([at('OUT/a'), at('OUT/A')], [])).rejects.toMatchObject(
    refused('OUT/A', 'OUT/a'),
  );
});

it('lets devices be named as often as one likes', async () => {
  await refuseOverwrite(['/dev/null', '/dev/null'], ['/dev/null']);
});
