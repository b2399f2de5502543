import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('shows the control characters of a file instead of printing them', async () => {
  const path = join(folder, 'model');
  const { info, tensors, read } = untrainedCheckpoint();
  const source = 'a\u001b[2J\u009b2J\u0007b';
  const hostile = { ...info, provenance: { ...info.provenance, source } };
  await writeFile(path, saveCheckpoint(hostile, { tensors, read }));
  for (const args of [[], ['--json']]) {
    const { output, lines } = collect();
    expect(await main(['inspect', path, ...args], output)).toBe(0);
    const text = lines.join('\n');
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    if (args.length > 0) expect(JSON.parse(text).provenance.source).toBe(source);
    else expect(text).toContain('a\\u001b[2J\\u009b2J\\u0007b');
  }
});

it('names a file in messages without its control characters', async () => {
  const { output, errors } = collect();
  expect(await main(['inspect', join(folder, '\u001b[2Jnone')], output)).toBe(1);
  expect(errors.join()).toContain('\ufffd[2Jnone');
});
