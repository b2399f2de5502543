import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturePath } from '@facexformer/test-utils/load';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { LINE_SCHEMA } from '../../src/report/line-schema.js';
import { collect } from '../collect.js';

it('describes the lines of photos with a face, without one, and of those that failed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lines-'));
  try {
    copyFileSync(fixturePath('astronaut.png'), join(folder, 'face.png'));
    writeFileSync(join(folder, 'broken.png'), 'broken');
    const { output, lines } = collect();
    await main(['analyze', folder, '--workers', '0'], output);
    const validator = new Ajv2020({ strict: true });
    const isLine = validator.compile(LINE_SCHEMA);
    const records = lines.map((line) => JSON.parse(line));
    expect(records.map(({ faces, error }) => faces?.length ?? error.code)).toEqual(['BAD_IMAGE', 1]);
    for (const record of [...records, { ...records[1], faces: [] }]) {
      expect(isLine(record), validator.errorsText(isLine.errors)).toBe(true);
    }
    expect(isLine({ ...records[1], faces: [{}] })).toBe(false);
    expect(isLine({ ...records[1], error: records[0].error })).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('is published; "npx vitest run --project cli -u" writes it anew', async () => {
  await expect(`${JSON.stringify(LINE_SCHEMA, null, 1)}\n`).toMatchFileSnapshot('../../line.schema.json');
});
