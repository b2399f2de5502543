import { createInterface } from 'node:readline';
import { FaceXFormerError } from '@facexformer/core';
import { appendLines } from '../src/append-lines.js';
import { lockFile } from '../src/lock-file.js';
import { writeFile } from '../src/write-file.js';

/** What `child.ts` runs as a process of its own. It says each step on standard error and waits for a line before it. */
const [mode, path = '', count = '1'] = process.argv.slice(2);
const orders = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function step(text: string): Promise<void> {
  process.stderr.write(`${text}\n`);
  await orders.next();
}

async function* chunks(): AsyncGenerator<string> {
  for (let i = 0; i < Number(count); i += 1) {
    await step(`chunk ${i}`);
    yield `${i}`.repeat(10_000);
  }
}

async function run(): Promise<void> {
  if (mode === 'write') await writeFile(path, chunks());
  else if (mode === 'text') await writeFile(path, 'text through the child\n');
  else if (mode === 'lock') {
    await lockFile(path);
    await step('locked');
  } else if (mode === 'append') {
    await using lines = await appendLines(path);
    for (let i = 0; i < Number(count); i += 1) {
      await step(`line ${i}`);
      await lines.append({ i });
    }
  }
}

await run().then(
  () => process.stderr.write('done\n'),
  (error: unknown) => {
    const code = FaceXFormerError.isInstance(error) ? error.code : 'untyped';
    process.stderr.write(`${code} ${(error as Error).message}\n`);
  },
);
process.exit();
