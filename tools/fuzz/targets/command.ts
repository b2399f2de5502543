import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '@facexformer/cli';
import { fixturePath } from '@facexformer/test-utils/load';
import { plain } from '@facexformer/test-utils/tiny-faces';
import { mutateBytes } from '../mutate.ts';
import { below, choose } from '../random.ts';
import { type Target, target } from '../target.ts';

/** Words that a command line is made of: options of all commands, files of the folder, values. */
const WORDS = [
  ...['analyze', 'convert', 'inspect', 'export', 'eval', 'bench', 'pull', 'help'],
  ...[
    '--json',
    '--jsonl',
    '--overlay',
    '--raw',
    '--tasks',
    '--checkpoint',
    '--out',
    '--resume',
    '--list',
    '--help',
  ],
  ...[
    '--precision',
    '--faces',
    '--split',
    '--device',
    '--threads',
    '--quiet',
    '--batch',
    '--runs',
    '--',
    '-',
    '-1',
  ],
  ...[
    'photo.png',
    'folder',
    'model.safetensors',
    'hostile',
    'absent',
    'out',
    'out/x.json',
    'out/x.jsonl',
    '*.png',
    '',
  ],
  ...['age', 'age,gender', 'all', '0', '1', '1e9', 'NaN', '/dev/null', 'http://127.0.0.1:1/x', '\u001b[2J'],
];

/** The command line, in a folder of its own. */
export const COMMAND: readonly Target[] = [
  target('command', 'words of the command line and the files that it reads', async () => {
    const photo = await plain(40, 40, '#c96');
    const seeds = [photo, readFileSync(fixturePath('tiny.safetensors'))];
    for (const folder of ['folder', 'out']) mkdirSync(folder, { recursive: true });
    writeFileSync('photo.png', photo);
    writeFileSync('folder/a.png', photo);
    copyFileSync(fixturePath('tiny.safetensors'), 'model.safetensors');
    const outside = (): string => readdirSync(join(process.cwd(), '..')).join();
    const before = outside();
    return {
      input: (random) => ({
        words: Array.from({ length: 1 + below(random, 6) }, () => choose(random, WORDS)),
        hostile: mutateBytes(random, seeds),
      }),
      attempt: async ({ words, hostile }) => {
        writeFileSync('hostile', hostile);
        let text = '';
        const print = (line: string): void => {
          text += line;
        };
        const code = await main(words, {
          out: print,
          err: print,
          interactive: false,
          signal: AbortSignal.timeout(5_000),
        });
        if (text.includes('unexpected failure')) throw new Error(text);
        if (![0, 1, 2, 129, 130, 143].includes(code)) throw new Error(`exit code ${code}`);
        if (outside() !== before) throw new Error('something was written outside the folder');
      },
    };
  }),
];
