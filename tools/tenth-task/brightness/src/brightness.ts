import { defineTask, FaceXFormerError, type Task } from '@facexformer/core';
import { finiteValues, type Learning, type Metrics, mlpHead, share, total } from '@facexformer/core/task';

/** How bright a photo is, 0 (black) to 1 (white). */
export interface Brightness {
  readonly level: number;
}

function levelOf(label: unknown): number {
  if (typeof label === 'number' && label >= 0 && label <= 1) return label;
  throw new FaceXFormerError('BAD_OPTION', 'a label of task "brightness" must be a number from 0 to 1');
}

const learning: Learning = { loss: 'absolute', encode: (label) => [levelOf(label)] };

const metrics: Metrics<Brightness> = {
  headlines: [{ figure: 'brightness.mae', title: 'brightness, mean error', unit: 'number', better: 'lower' }],
  judge: ({ result }, label) => ({ sums: Float64Array.of(1, Math.abs(result.level - levelOf(label))) }),
  figures(verdicts) {
    const [n = 0, error = 0] = total(verdicts, 2);
    return share('brightness.mae', error, n);
  },
};

/** Raw output: the level, [1]. */
export const brightness = (): Task<'brightness', Brightness> =>
  defineTask({
    name: 'brightness',
    tokens: 1,
    vocabulary: { id: 'brightness@1', labels: ['level'] },
    head: (context) => mlpHead(context, 1),
    decode: (raw) => ({ level: finiteValues('brightness', raw, [1])[0]! }),
    draw: ({ level }) => [{ kind: 'label', caption: 'light', text: level.toFixed(2) }],
    smooth: { unit: 'probability', read: ({ level }) => [level], write: (_, [level]) => ({ level: level! }) },
    learning,
    metrics,
  });
