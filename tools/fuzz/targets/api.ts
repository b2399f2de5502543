import {
  createAnalyzer,
  type Detector,
  type Face,
  type Pixels,
  type Runtime,
  readFace,
  type Tensor,
} from '@facexformer/core';
import { toSvg } from '@facexformer/core/draw';
import { connect } from '@facexformer/core/runtime';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { anything, mutateJson } from '../mutate.ts';
import { below, choose, type Random } from '../random.ts';
import { type Target, target } from '../target.ts';

const tasks = allTasks();
const photo = testImage(3, 64, 64);
const BOX = { x: 4, y: 4, width: 40, height: 40 };
const untrained = { checkpoint: untrainedCheckpoint(), tasks };

/** An argument as it should be, one that differs in a member, or anything. */
function argument(random: Random, proper: unknown): unknown {
  const kind = random();
  if (kind < 0.2) return proper;
  return kind < 0.7 ? mutateJson(random, proper) : anything(random);
}

/** What a caller may do with types switched off. */
type Untyped = (...values: readonly unknown[]) => unknown;

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

/** An analyzer whose runtime or detector is somebody else's. */
async function analyzeWith(parts: {
  readonly runtime?: unknown;
  readonly detector?: unknown;
}): Promise<void> {
  const create = createAnalyzer as unknown as (options: unknown) => ReturnType<typeof createAnalyzer>;
  const analyzer = await create({
    runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
    ...untrained,
    ...parts,
  });
  try {
    await analyzer.analyze(photo as Pixels as never);
  } finally {
    await analyzer.dispose();
  }
}

/** The public border: what callers and authors of plug-ins hand over. */
export const API: readonly Target[] = [
  target('analyze', 'arguments of analyze, analyzeRaw, analyzeMany, stream, explain and draw', async () => {
    const analyzer = await createAnalyzer({
      runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
      checkpoint: untrainedCheckpoint(),
      tasks,
    });
    const options = { only: ['age', 'gender'], boxes: [BOX], detect: false };
    const calls: Readonly<Record<string, Untyped>> = {
      analyze: analyzer.analyze as Untyped,
      analyzeRaw: analyzer.analyzeRaw as Untyped,
      explain: analyzer.explain as Untyped,
      analyzeMany: (photos, more) =>
        drain((analyzer.analyzeMany as Untyped)([photos], more) as AsyncIterable<unknown>),
      stream: (frames, more) => drain((analyzer.stream as Untyped)([frames], more) as AsyncIterable<unknown>),
      draw: analyzer.draw as Untyped,
    };
    return {
      input: (random) => ({
        call: choose(random, Object.keys(calls)),
        photo: random() < 0.7 ? photo : anything(random),
        options: argument(random, options),
      }),
      attempt: ({ call, ...input }) => calls[call]!(input.photo, input.options),
    };
  }),
  target('create', 'options of createAnalyzer and nodeRuntime', () => {
    const create = createAnalyzer as Untyped;
    const open = nodeRuntime as Untyped;
    const runtime = { device: 'cpu', threads: 1, maxPixels: 1e6, maxBytes: 1e6, fallback: true };
    return {
      input: (random) => ({
        runtime: argument(random, runtime),
        key: choose(random, ['runtime', 'checkpoint', 'tasks', 'detector', 'precision']),
        value: anything(random),
      }),
      attempt: async ({ key, value, ...input }) => {
        await open(input.runtime);
        const made = (await create({
          runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
          ...untrained,
          [key]: value,
        })) as { dispose(): Promise<void> } | undefined;
        await made?.dispose();
      },
    };
  }),
  target('detector', 'what somebody else’s detector answers', () => ({
    input: (random) => argument(random, [{ box: BOX, score: 0.9, keypoints: [{ x: 1, y: 2 }] }]),
    attempt: (found) =>
      analyzeWith({
        detector: async () =>
          ({ detect: async () => found, dispose: async () => undefined }) as unknown as Detector,
      }),
  })),
  target('runtime', 'what somebody else’s runtime answers', () => {
    const outputs = (random: Random): ((dims: readonly number[]) => unknown) => {
      const kind = below(random, 6);
      const value = anything(random);
      return (dims) => {
        const size = dims.reduce((a, b) => a * b, 1);
        const whole: Tensor = { dims, data: new Float32Array(size) };
        return [
          whole,
          { dims, data: new Float32Array(Math.max(0, size - 1)) },
          { dims: [...dims, 1], data: whole.data },
          { dims, data: new Float32Array(size).fill(Number.NaN) },
          { dims, data: value },
          value,
        ][kind];
      };
    };
    return {
      input: (random) => ({ answer: outputs(random), decoded: random() < 0.7 ? photo : anything(random) }),
      attempt: ({ answer, decoded }) => {
        const runtime: Runtime = {
          name: 'strange',
          decode: async () => decoded as Pixels,
          open: async (model) => {
            await model('cpu' as never, { external: false }).catch(() => undefined);
            return {
              inputs: ['image'],
              outputs: tasks.map(({ name }) => name),
              device: 'strange',
              run: async () => Object.fromEntries(tasks.map(({ name }) => [name, answer([1, 8])])) as never,
              dispose: async () => undefined,
            };
          },
        };
        return analyzeWith({ runtime });
      },
    };
  }),
  target('read-face', 'the JSON of a face, read and drawn', async () => {
    const analyzer = await createAnalyzer({
      runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
      ...untrained,
    });
    const [face] = await analyzer.analyze(photo as Pixels);
    const json: unknown = JSON.parse(JSON.stringify(face));
    return {
      input: (random) => mutateJson(random, json),
      attempt: (changed) => {
        const read: Face = readFace(changed, tasks);
        toSvg(analyzer.draw([read]), photo as never);
      },
    };
  }),
  target('messages', 'messages to a worker', () => ({
    // Only what can be cloned arrives: no functions, no getters.
    input: (random) =>
      mutateJson(
        random,
        choose(random, [
          { facexformer: 'call', id: 1, method: 'run', argument: {} },
          { facexformer: 'done', id: 1, value: {} },
          { facexformer: 'failed', id: 1, error: { code: 'RUNTIME', message: '', details: {} } },
        ]),
      ),
    attempt: async (data) => {
      const port = { postMessage: (message: unknown) => structuredClone(message) };
      connect(port, { run: async (value) => ({ value }) }).receive(data);
    },
  })),
];
