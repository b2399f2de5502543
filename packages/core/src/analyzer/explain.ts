import { demand, FLOATS, having, whole } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Face } from '../face/face.js';
import { modelBuilder } from '../face/networks.js';
import type { Precision } from '../graph/lower/emitter.js';
import type { Value } from '../graph/value.js';
import { BOX, type TurnedBox } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { assembleModel } from '../plugin/assemble-model.js';
import type { RunOptions, Runtime } from '../runtime/runtime.js';
import type { Color, Shape } from '../task/draw.js';
import type { Task } from '../task/task.js';
import { openPipeline } from './pipeline.js';

/** Where the tokens of a task looked: the mean over tokens, heads and layers of the decoder. */
export interface Attention {
  /** The part of the photo under the map, in photo pixels. */
  readonly crop: TurnedBox;
  readonly columns: number;
  readonly rows: number;
  /** Share of each cell, row by row from the top; sums to 1. */
  readonly face: Float32Array;
  /** Share of each task whose tokens were read, a plug-in's own among them; sums to 1. */
  readonly tasks: Readonly<Record<string, number>>;
}

/** A face and where its tasks looked. */
export type ExplainedFace<Names extends string> = Face & {
  readonly attention: Readonly<Record<Names, Attention>>;
};

/** Answers where tasks looked. */
export interface Explainer {
  explain(
    pixels: Pixels,
    faces: readonly Face[],
    tasks: readonly Task[],
    run: RunOptions,
  ): Promise<readonly ExplainedFace<string>[]>;
  dispose(): Promise<void>;
}

/** What an explainer is made of. */
export interface ExplainerOptions extends RunOptions {
  readonly runtime: Runtime;
  readonly checkpoint: Checkpoint;
  readonly tasks: readonly Task[];
  readonly precision: Precision | undefined;
}

/** Opens the network once more, with its attention as outputs and without heads. */
export async function openExplainer(options: ExplainerOptions): Promise<Explainer> {
  const { checkpoint, tasks } = options;
  const { model } = checkpoint.info;
  const { attention = {}, features, parameters } = assembleModel(checkpoint, tasks, { explain: true });
  const { height: rows, width: columns } = features[0]!;
  const outputs = Object.fromEntries(
    tasks.flatMap(({ name }): [string, Value][] => {
      const { face, tokens } = attention[name]!;
      return [
        [`${name}.face`, face],
        [`${name}.tokens`, tokens],
      ];
    }),
  );
  const names = Object.keys(outputs);
  const network = modelBuilder({ outputs, parameters, precision: options.precision });
  const pipeline = await openPipeline(
    options.runtime,
    { config: model, model: network, outputs: names },
    { signal: options.signal },
  );
  return {
    async explain(pixels, faces, wanted, { signal }) {
      const { raw } = await pipeline.run(pixels, { faces, outputs: names, signal });
      return faces.map((face, index) => ({
        ...face,
        attention: Object.fromEntries(
          wanted.map((task): [string, Attention] => {
            const { [`${task.name}.face`]: cells, [`${task.name}.tokens`]: shares } = raw[index]!;
            const tasks = byTask(shares!.data, model.tasks, task);
            return [task.name, { crop: face.crop, columns, rows, face: cells!.data, tasks }];
          }),
        ),
      }));
    },
    dispose: () => pipeline.dispose(),
  };
}

/** Shares of tokens, the base's first and then a plug-in's own, summed by task. */
function byTask(
  shares: Float32Array,
  base: readonly { readonly name: string; readonly tokens: number }[],
  task: Task,
): Readonly<Record<string, number>> {
  const isOwn = !base.some(({ name }) => name === task.name);
  let at = 0;
  return Object.fromEntries(
    [...base, ...(isOwn ? [task] : [])].map(({ name, tokens }) => {
      at += tokens;
      return [name, shares.subarray(at - tokens, at).reduce((sum, share) => sum + share, 0)];
    }),
  );
}

const ATTENTION = having('the attention of a task, as explain gives it', {
  crop: BOX,
  columns: whole(1, 4096),
  rows: whole(1, 4096),
  face: FLOATS,
});

/** From little to much. */
const RAMP: readonly Color[] = ['#3b0f70', '#8c2981', '#de4968', '#fe9f6d', '#fcfdbf'];

/**
 * A map of attention as shapes to draw over the photo: cells are coloured in five steps, relative to the one with the most
 * attention; those below a sixth of it are left out.
 * @throws {FaceXFormerError} `BAD_OPTION` for a map whose size does not fit.
 */
export function drawAttention(attention: Attention): readonly Shape[] {
  const { crop, columns, rows, face } = demand(attention, ATTENTION, 'drawAttention: the map');
  if (face.length !== columns * rows) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `a ${columns} x ${rows} map needs ${columns * rows} shares, not ${face.length}`,
    );
  }
  const most = face.reduce((top, share) => Math.max(top, share), 0) || 1;
  const labels = Uint8Array.from(face, (share) =>
    Math.min(RAMP.length, Math.floor((share / most) * (RAMP.length + 1))),
  );
  return [{ kind: 'mask', ...crop, columns, rows, labels, colors: [undefined, ...RAMP] }];
}
