import type { Headline, Metrics, Verdict } from '../../task/metrics.js';
import { expectEqual, expectThat } from '../checks/expect.js';
import type { Promised } from './check.js';
import { perfectRaw } from './perfect.js';
import { decoded, type Subject } from './subject.js';

export const metricsChecks: readonly Promised[] = [
  ['has no figures of no faces', (subject) => expectEqual('figures', metricsOf(subject).figures([]), {})],
];

/** Of tasks that also learn: a perfect answer is what they learn. */
export const perfectionChecks: readonly Promised[] = [
  [
    'names figures that exist in its headlines, and judges perfect answers as perfect',
    (subject) => {
      const metrics = metricsOf(subject);
      const figures = metrics.figures(perfectVerdicts(subject, metrics));
      expectThat(metrics.headlines.length > 0, 'there are no headlines');
      for (const headline of metrics.headlines) {
        const value = figures[headline.figure];
        expectThat(
          value !== undefined,
          `there is no figure "${headline.figure}": ${Object.keys(figures).join(', ')}`,
        );
        expectPerfect(headline, value);
      }
    },
  ],
];

function metricsOf({ task }: Subject): Metrics {
  expectThat(task.metrics !== undefined, `task "${task.name}" states no metrics`);
  return task.metrics;
}

function perfectVerdicts(subject: Subject, metrics: Metrics): readonly Verdict[] {
  const { task, labels, photo } = subject;
  return labels.map((label) => {
    const raw = perfectRaw(subject, label);
    const answer = { raw, result: decoded(subject, raw), photo, vocabulary: task.vocabulary };
    const verdict = metrics.judge(answer, label);
    expectThat(verdict !== undefined, 'an example has no verdict');
    return verdict;
  });
}

function expectPerfect({ figure, unit, better }: Headline, value: number): void {
  if (better === 'lower') {
    expectThat(Math.abs(value) < 1e-3, `"${figure}" of perfect answers is ${value}, expected 0`);
  } else if (unit === 'share') {
    expectThat(Math.abs(value - 1) < 1e-3, `"${figure}" of perfect answers is ${value}, expected 1`);
  }
}
