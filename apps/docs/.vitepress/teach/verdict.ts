import type { Taught } from './teach.ts';

/** What was measured, in words that do not promise more than a handful of photos can. */
export function verdictOf({ accuracy, photos, labels }: Taught): {
  readonly headline: string;
  readonly detail: string;
} {
  const right = Math.round(accuracy.value * photos);
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const chance = 1 / labels.length;
  const detail = [
    `Each photo was held back once from a training that then had to answer it. From ${photos} photos: treat it as a sketch.`,
    `On other photos of the same kind the share may be anywhere from ${percent(accuracy.low)} to ${percent(accuracy.high)} (95 % interval);`,
    'on other people, light and cameras it will be lower, and shots taken right after each other flatter it.',
  ].join(' ');
  const luck = ` Guessing would be right for ${percent(chance)}, so this may be luck: add photos that differ in more than one way.`;
  return {
    headline: `${right} of ${photos} photos right (${percent(accuracy.value)})`,
    detail: accuracy.low <= chance ? detail + luck : detail,
  };
}
