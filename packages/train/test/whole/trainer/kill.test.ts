import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '@facexformer/test-utils/bundle';
import { expect, it } from 'vitest';
import { writeTiles } from '../../tiny-run.js';

const STEPS = 60;

/** Fewer than the event loop takes for the fifty steps that are left. */
const TURNS = [10, 100];

it('ends with the same weights after kill -9 amid a step', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  const script = join(import.meta.dirname, `../../../node_modules/.kill-child-${process.pid}.mjs`);
  writeTiles(folder);
  await bundleProgram(join(import.meta.dirname, 'kill.child.ts'), script);
  /** The exit code and the signal of a training that kills itself after `turns`. */
  const run = (name: string, turns?: number) => {
    const args = [script, folder, name, String(STEPS), ...(turns === undefined ? [] : [String(turns)])];
    return once(spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  };
  try {
    expect(await run('straight')).toEqual([0, null]);
    for (const turns of TURNS) expect(await run('killed', turns)).toEqual([null, 'SIGKILL']);
    expect(await run('killed')).toEqual([0, null]);
    const weights = (name: string): Buffer => readFileSync(join(folder, name, 'model.safetensors'));
    // Without the seconds at its start, and the hash at its end.
    const state = (name: string): Buffer => readFileSync(join(folder, name, 'state.bin')).subarray(24, -32);
    expect(state('killed').equals(state('straight'))).toBe(true);
    expect(weights('killed').equals(weights('straight'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(script, { force: true });
  }
}, 120_000);
