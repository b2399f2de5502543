import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { miniModel } from '@facexformer/model-mini';
import { afterAll, expect, it } from 'vitest';
import { openModel, openModelWithTasks } from '../../src/models/open-model.js';

const folder = mkdtempSync(join(tmpdir(), 'fxf-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('refuses a model with a bit of its weights turned over', async () => {
  const path = join(folder, 'damaged.safetensors');
  const bytes = readFileSync(new URL(miniModel));
  bytes[bytes.length - 1000]! ^= 1;
  writeFileSync(path, bytes);
  await expect(openModel(path)).rejects.toMatchObject({
    code: 'BAD_CHECKPOINT',
    message: expect.stringContaining('damaged'),
  });
});

it('tells of an unknown task before any plug-in is opened', async () => {
  await expect(openModelWithTasks(undefined, 'smile', [join(folder, 'none')])).rejects.toMatchObject({
    code: 'UNKNOWN_TASK',
  });
});
