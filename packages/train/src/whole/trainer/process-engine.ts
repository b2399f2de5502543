import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { VECTORS } from '../../engine/vectors.js';
import { describeSteps } from '../plan/describe-steps.js';
import { feedShapes } from '../plan/plan.js';
import { lossNames } from '../plan/step.js';
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
    for (const [name, content] of Object.entries(describeSteps(plan, parameters))) {
      await writeFile(join(folder, name), content);
    }
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

    /** Resolves when the process has taken the request, or never will. */
    const send = async (letter: string, floats: readonly Float32Array[]): Promise<void> => {
      stdin.write(letter);
      const parts = floats.map(({ buffer, byteOffset, byteLength }) => {
        const bytes = new Uint8Array(buffer, byteOffset, byteLength);
        return new Promise<void>((done) => void stdin.write(bytes, () => done()));
      });
      await Promise.all(parts);
    };
    const receive = async (length: number): Promise<Float32Array> => {
      if (failure) throw failure;
      const values = new Float32Array(length);
      await new Promise<void>((done, reject) => {
        waiting = { bytes: Buffer.from(values.buffer), filled: 0, done, fail: reject };
      });
      waiting = undefined;
      return values;
    };

    const count = start.parameters.length;
    const vectors = VECTORS.map((name) => start[name]);
    await send('L', vectors);
    return {
      step(batch, step, rate) {
        const feeds = Object.keys(feedShapes(plan)).map((name) => batch[name]!.data);
        const answer = receive(lossNames(plan).length + 1);
        const result = answer.then((all) => ({ losses: all.slice(0, -1), norm: all.at(-1)! }));
        return { taken: send('S', [settingsOf(step, rate), ...feeds]), result };
      },
      async vectors() {
        const answer = receive(VECTORS.length * count);
        void send('R', []);
        const all = await answer;
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
