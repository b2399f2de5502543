import type { CheckpointInfo, Task } from '@facexformer/core';
import { multiLabel } from '@facexformer/core';
import { allTasks } from '@facexformer/tasks';
import { answerOf, choose } from '@facexformer/test-utils/answer';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/judging/evaluate.js';
import { reportFiles } from '../../src/report/files.js';
import { type Report, reportOf } from '../../src/report/report.js';

const worn = multiLabel('worn', { id: 'worn@1', labels: ['hat', 'scarf'] });
const tasks: readonly Task[] = [...allTasks(), worn];
const { info }: { readonly info: CheckpointInfo } = untrainedCheckpoint();
const points = Array.from({ length: 68 }, (_, i) => [10 + i, 20 + (i % 9)]).flat();

/** What a face's labels are, the raw outputs, and its group. */
const LABELS: Readonly<Record<string, (i: number) => readonly [raw: readonly number[], label: unknown]>> = {
  age: (i) => [choose(8, i % 8), 10 * (i % 7)],
  gender: (i) => [choose(2, i % 2), i % 3 ? 'male' : 'female'],
  landmarks: (i) => [points.map((value) => (2 * value + 1 + i) / 100 - 1), points],
  worn: (i) => [[1, i % 2 ? 1 : -1], i % 3 ? ['hat', 'scarf'] : ['scarf']],
};
const outcomes = Array.from({ length: 120 }, (_, i): Outcome => {
  const verdicts = Object.entries(LABELS).map(([name, of]) => {
    const task = tasks.find((candidate) => candidate.name === name)!;
    const [raw, label] = of(i);
    return [name, task.metrics!.judge(answerOf(task, raw), label)!];
  });
  return {
    name: `${i}.png`,
    set: 'mine',
    detected: i % 4 > 0,
    verdicts: Object.fromEntries(verdicts),
    groups: { gender: i % 2 ? 'male' : 'female' },
  };
});

let report: Report;
let files: Readonly<Record<string, string>>;
beforeAll(() => {
  report = reportOf(outcomes, { split: 'val', model: info, tasks, device: 'cpu', framing: 'detector' });
  files = reportFiles(report);
});

describe('a report', () => {
  it('has intervals about its figures', () => {
    const { low, high } = report.intervals['age.mae']!;
    const value = report.figures['age.mae']!;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(report.figures['detected.mine']).toBe(0.75);
  });

  it('compares groups of people', () => {
    const { groups, gap } = report.audit.find(({ headline }) => headline.figure === 'age.mae')!;
    const [female, male] = groups;
    expect(gap.value).toBeCloseTo(Math.abs(female!.value - male!.value), 12);
  });

  it('tabulates classifications only, and draws the curve of landmarks', () => {
    expect(Object.keys(report.confusion)).toEqual(['gender']);
    expect(Object.keys(report.calibration)).toEqual(['age', 'gender', 'worn']);
    const { errors } = report.curves.landmarks!;
    expect(errors).toHaveLength(120);
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  });

  it('is JSON, Markdown and pictures that a renderer accepts', async () => {
    const pictures = Object.keys(files).filter((file) => file.endsWith('.svg'));
    expect(pictures).toContain('landmarks-curve.svg');
    expect(pictures).toContain('groups-age-mae.svg');
    for (const file of pictures) {
      expect((await sharp(Buffer.from(files[file]!)).metadata()).width).toBeGreaterThan(200);
      expect(files['report.md']).toContain(`(${file})`);
      expect(files[file]).toMatch(/role='img'.*<title>[^<]{8,}<\/title>/);
    }
    expect(files['report.md']).toContain('UNTRAINED');
    expect(files['report.md']).not.toMatch(/undefined|NaN/);
    expect(JSON.parse(files['report.json']!).figures).toEqual(report.figures);
  });

  it('puts the parts of several figures of the same labels side by side', () => {
    expect(files['report.md']).toContain('| worn | accuracy | 95 % interval | balanced | 95 % interval |');
    expect(files['report.md']).toMatch(/\| scarf \| 50\.0 % \|.*\| {2}\| {2}\|/);
  });
});
