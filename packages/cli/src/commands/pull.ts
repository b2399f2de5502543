import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { download } from '../download/download.js';
import { cacheFolder } from '../files/cache-folder.js';
import type { Command } from '../terminal/command.js';
import { parse, single } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

/**
 * The checkpoints that `pull` can fetch: the released FaceXFormer weights, as three independent repositories pin them. The
 * hash pins the content, whatever the server says.
 */
const PUBLISHED = [
  {
    name: 'facexformer-official',
    url: 'https://huggingface.co/kartiknarayan/facexformer/resolve/main/ckpts/model.pt',
    sha256: '327a755849ba64d336fb96589ff87b27e84a12be1ecf8bcfaa503d66f803286d',
    bytes: 1_104_869_851,
    file: 'facexformer-official.pt',
  },
] as const;

export const pull: Command = {
  name: 'pull',
  summary: 'download published weights, verified by their hash',
  help: `usage: facexformer pull <name> [options]

names: ${PUBLISHED.map(({ name, bytes }) => `${name} (${(bytes / 1e9).toFixed(1)} GB)`).join(', ')}

  --out FILE      where it goes (default: ${join('~', '.cache', 'facexformer')})
  --url URL       a mirror to fetch it from; the pinned hash must fit all the same
  --sha256 HASH   another hash, for files of your own at --url

Prints the path of the file. A download that broke off goes on where it stopped; one at a time.

example:
  facexformer analyze photo.jpg --checkpoint "$(facexformer pull facexformer-official)"`,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      out: { type: 'string' },
      url: { type: 'string' },
      sha256: { type: 'string' },
    });
    const name = single(positionals, 'name');
    const known = PUBLISHED.find((model) => model.name === name);
    if (!known) {
      const names = PUBLISHED.map((model) => model.name).join(', ');
      throw new FaceXFormerError('NOT_FOUND', `no published model is called "${name}"; there are ${names}`);
    }
    const path = values.out ?? join(cacheFolder(), known.file);
    const progress = progressBar(output, true);
    const url = values.url ?? known.url;
    const fresh = await download({
      url,
      path,
      sha256: values.sha256 ?? known.sha256,
      bytes: values.sha256 === undefined ? known.bytes : undefined,
      signal: output.signal,
      onProgress: (done, total) =>
        progress.advance(done / total, `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`),
    }).finally(() => progress.end());
    output.err(fresh ? 'downloaded and verified' : 'already here, verified');
    output.out(path);
  },
};
