import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as node from 'facexformer';
import { describe, expect, it } from 'vitest';
import { miniModel } from '../../model-mini/src/index.ts';
import * as browser from '../src/browser.ts';

describe('facexformer in a browser', () => {
  it('exports what it exports in Node', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
  });

  it.each(['cpu', 'cuda'] as const)(
    'refuses device %s, which is Node’s, and closes the checkpoint',
    async (device) => {
      const { read, size } = browser.bytesSource(await readFile(fileURLToPath(miniModel)));
      let closed = false;
      const close = async () => {
        closed = true;
      };
      const checkpoint = await browser.openCheckpoint({ read, size, close });
      await expect(browser.openFaceAnalyzer({ checkpoint, device })).rejects.toThrow('exists in Node only');
      expect(closed).toBe(true);
    },
  );
});
