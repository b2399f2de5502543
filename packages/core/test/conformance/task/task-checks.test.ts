import { describe, expect, it } from 'vitest';
import { taskChecks } from '../../../src/conformance/task/task-checks.js';
import { classify, defineTask, embed, multiLabel, regress, segment, type Task } from '../../../src/index.js';

const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });

describe('tasks of the makers keep the contract', () => {
  const makers: readonly Task[] = [
    glasses,
    multiLabel('worn', { id: 'worn@1', labels: ['hat', 'mask'] }),
    regress('years', { id: 'years@1', labels: ['years'] }, { range: [0, 90] }),
    regress(
      'gaze',
      { id: 'gaze@1', labels: ['yaw', 'pitch'] },
      { range: [-60, 60], unit: '°', mirrored: ['yaw'] },
    ),
    segment('parts', { id: 'parts@1', labels: ['lens', 'frame'] }),
    embed('who', { size: 4 }),
  ];
  describe.each(makers)('$name', (task) => {
    for (const { name, run } of taskChecks(task)) it(name, run);
  });
});

/** The checks that a task fails. */
const failures = (
  changes: object,
  labels: readonly unknown[] = ['none', 'plain', 'sun'],
): readonly string[] => {
  const { specificationVersion: _, ...own } = glasses;
  const task = defineTask({ ...own, ...changes } as typeof own);
  return taskChecks(task, labels && { labels }).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return [name];
    }
  });
};

describe('a task that breaks its contract is told so', () => {
  const { decode, learning, smooth, head } = glasses;
  const classes = glasses.vocabulary.labels;
  const own = { crop: { x: 0, y: 0, width: 1, height: 1 }, vocabulary: glasses.vocabulary };

  it('passes as it is', () => {
    expect(failures({})).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a fixed batch', { head: (context: never) => ({ ...head(context), shape: [1, 3] }) }, 'for any batch'],
    [
      'a shape that is not checked',
      { decode: ({ data }: { data: Float32Array }) => [...data] },
      'another shape',
    ],
    ['NaN', { decode: () => ({ label: Number.NaN }) }, 'plain data'],
    ['a promise', { decode: (raw: never) => Promise.resolve(decode(raw, own)) }, 'plain data'],
    [
      'a decoder that writes where it reads',
      {
        decode(raw: { data: Float32Array }, context: never) {
          const result = decode(raw as never, context);
          raw.data[0] = 9;
          return result;
        },
      },
      'does not change',
    ],
    [
      'JSON that loses something',
      { json: { write: () => ({}), read: (json: unknown) => json } },
      'the JSON of a result',
    ],
    ['an ignored vocabulary', { decode: (raw: never) => decode(raw, own) }, 'in another order'],
    ['a colour by name', { draw: () => [{ kind: 'points', points: [], color: 'red' }] }, 'valid shapes'],
    [
      'a far point',
      { draw: () => [{ kind: 'points', points: [{ x: 900, y: 0 }], color: '#ffffff' }] },
      'near the box',
    ],
    [
      'two anchors',
      {
        anchors: () => [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
      'three anchors',
    ],
    [
      'smoothing that is not written',
      { smooth: { ...smooth, write: (result: never) => result } },
      'writes others',
    ],
    ['targets of another size', { learning: { ...learning, encode: () => [1] } }, 'stated size'],
    ['any label', { learning: { ...learning, encode: () => [1, 0, 0] } }, 'refuses labels'],
    [
      'a mirror image that does not come back',
      { learning: { ...learning, transform: (label: string) => classes[(classes.indexOf(label) + 1) % 3] } },
      'mirrored twice',
    ],
    [
      'a headline without a figure',
      {
        metrics: {
          headlines: [{ figure: 'glasses.f1', title: 'f1', unit: 'share', better: 'higher' }],
          judge: () => ({ sums: new Float64Array(1) }),
          figures: () => ({}),
        },
      },
      'names figures that exist',
    ],
    [
      'figures of nothing',
      { metrics: { headlines: [], judge: () => undefined, figures: () => ({ 'glasses.f1': 0 }) } },
      'no figures of no faces',
    ],
  ])('%s', (_, changes, check) => {
    expect(failures(changes).join()).toContain(check);
  });

  it('wants examples of labels', () => {
    expect(failures({}, []).join()).toContain('stated size');
  });
});
