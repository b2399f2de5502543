import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BETAS, decays, describeGraph, type ModelParameters } from '@facexformer/autodiff';
import { FaceXFormerError } from '@facexformer/core';
import { input, type Value } from '@facexformer/core/graph';
import { writeFile } from '@facexformer/files';
import { VECTORS } from '../../engine/vectors.js';
import { feedShapes, type StepPlan } from '../plan/plan.js';
import { lossNames, planForward, planLosses } from '../plan/step.js';
import { type OpenEngine, settingsOf } from './step-engine.js';

/**
 * Steps in another process, such as this package's `torch/step.py`, which executes the same network and losses and takes the
 * derivatives itself. It gets a folder with the description as its last argument and speaks on its standard streams.
 * @param command program and arguments
 * @throws {FaceXFormerError} `RUNTIME` with what the process said, when it cannot be started or ends.
 */
export const processEngine =
  (command: readonly string[]): OpenEngine =>
  async (plan, parameters, start) => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-step-'));
    await describe(folder, plan, parameters);
    const [program = '', ...args] = command;
    const child = spawn(program, [...args, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = child;
    let said = '';
    let failure: FaceXFormerError | undefined;
    let waiting:
      | { readonly bytes: Buffer; filled: number; done(): void; fail(reason: unknown): void }
      | undefined;
    const fail = (message: string, cause?: unknown): void => {
      failure ??= new FaceXFormerError('RUNTIME', `${command.join(' ')} ${message}\n${said}`.trim(), {
        cause,
      });
      waiting?.fail(failure);
    };
    child.on('error', (cause) => fail('cannot be started', cause));
    child.on('close', (code) => fail(`ended with ${code}`));
    stdin.on('error', () => undefined); // told by `close`
    stderr.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4000);
    });
    stdout.on('data', (part: Buffer) => {
      if (!waiting) return fail('answered without being asked');
      waiting.filled += part.copy(waiting.bytes, waiting.filled);
      if (waiting.filled === waiting.bytes.length) waiting.done();
    });

    const ask = async (
      letter: string,
      floats: readonly Float32Array[],
      answer: number,
    ): Promise<Float32Array> => {
      if (failure) throw failure;
      stdin.write(letter);
      for (const { buffer, byteOffset, byteLength } of floats) {
        stdin.write(new Uint8Array(buffer, byteOffset, byteLength));
      }
      const values = new Float32Array(answer);
      if (answer > 0) {
        await new Promise<void>((done, reject) => {
          waiting = { bytes: Buffer.from(values.buffer), filled: 0, done, fail: reject };
        });
        waiting = undefined;
      }
      return values;
    };

    const count = start.parameters.length;
    const vectors = VECTORS.map((name) => start[name]);
    await ask('L', vectors, 0);
    return {
      async step(batch, step, rate) {
        const feeds = Object.keys(feedShapes(plan)).map((name) => batch[name]!.data);
        const answer = await ask('S', [settingsOf(step, rate), ...feeds], lossNames(plan).length + 1);
        return { losses: answer.slice(0, -1), norm: answer.at(-1)! };
      },
      async vectors() {
        const all = await ask('R', [], VECTORS.length * count);
        const [current, first, second, average] = VECTORS.map((_, i) =>
          all.slice(i * count, (i + 1) * count),
        );
        return { parameters: current!, first: first!, second: second!, average: average! };
      },
      async dispose() {
        failure ??= new FaceXFormerError('DISPOSED', 'the step engine has been disposed');
        stdin.end();
        await rm(folder, { recursive: true, force: true });
      },
    };
  };

/** Raw outputs and targets share names: the former get a prefix where both are feeds. */
const rawName = (name: string): string => `raw.${name}`;

async function describe(folder: string, plan: StepPlan, parameters: ModelParameters): Promise<void> {
  const parts = parameters.slots.map(({ name, shape }) => input(name, shape));
  const outputs = planForward(plan, parameters, parts);
  const renamed = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [rawName(name), value]));
  const asFeeds = Object.fromEntries(
    Object.entries(outputs).map(([name, { shape }]) => [name, input(rawName(name), shape)]),
  );
  const { constants: forwardConstants, ...forward } = describeGraph(renamed(outputs));
  const { constants: lossConstants, ...losses } = describeGraph({ ...planLosses(plan, asFeeds) });
  const { clip, weightDecay } = plan;
  const text = {
    forward,
    losses,
    feeds: Object.entries(feedShapes(plan)),
    slots: parameters.slots.map((slot) => ({ ...slot, decays: decays(slot) })),
    betas: BETAS,
    clip,
    weightDecay,
  };
  await writeFile(join(folder, 'plan.json'), JSON.stringify(text));
  await writeFile(join(folder, 'forward.bin'), forwardConstants);
  await writeFile(join(folder, 'losses.bin'), lossConstants);
}
