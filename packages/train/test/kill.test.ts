import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { writeTiles } from './tiny-run.js';

const STEPS = 60;

it('ends with the same weights after kill -9 at random moments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  const script = join(import.meta.dirname, `../node_modules/.kill-child-${process.pid}.mjs`);
  writeTiles(folder);
  await build({
    entryPoints: [join(import.meta.dirname, 'kill.child.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@facexformer/source'],
    external: ['onnxruntime-node', 'sharp'],
    outfile: script,
    logLevel: 'error',
  });
  const start = (run: string): ChildProcess =>
    spawn(process.execPath, [script, folder, run, String(STEPS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const straight = start('straight');
    expect((await once(straight, 'exit'))[0]).toBe(0);
    for (let kills = 0; kills < 2; kills += 1) {
      const child = start('killed');
      await once(child.stdout!, 'data'); // ten steps
      await sleep(Math.random() * 100);
      child.kill('SIGKILL');
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    }
    expect((await once(start('killed'), 'exit'))[0]).toBe(0);
    const weights = (run: string): Buffer => readFileSync(join(folder, run, 'model.safetensors'));
    const state = (run: string): Buffer => readFileSync(join(folder, run, 'state.bin')).subarray(24);
    expect(state('killed').equals(state('straight'))).toBe(true);
    expect(weights('killed').equals(weights('straight'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(script, { force: true });
  }
}, 120_000);
