import { classify } from '@facexformer/core';
import { computed, ref, shallowRef } from 'vue';
import { TASK_NAMES } from '../playground/open-analyzer.ts';
import type { Shot } from './shot.ts';

/** A class as the visitor fills it. */
export interface TaughtClass {
  readonly id: number;
  readonly label: string;
  readonly shots: readonly Shot[];
  /** What became of the pictures that were added last. */
  readonly notice: string;
}

/** Fewest and most classes. */
export const CLASSES = { fewest: 2, most: 4 } as const;
/** Fewest photos of a class, and most. */
export const PHOTOS = { fewest: 4, most: 100 } as const;

/** The name of the task, its classes and their photos. */
export function useClasses() {
  const name = ref('glasses');
  let last = 0;
  const create = (label: string): TaughtClass => {
    last += 1;
    return { id: last, label, shots: [], notice: '' };
  };
  const classes = shallowRef<readonly TaughtClass[]>([create('without'), create('with')]);

  const change = (id: number, update: (old: TaughtClass) => Partial<TaughtClass>): void => {
    classes.value = classes.value.map((old) => (old.id === id ? { ...old, ...update(old) } : old));
  };

  return {
    name,
    classes,
    change,
    problem: computed(() => problemOf(name.value, classes.value)),
    add: (): void => {
      classes.value = [...classes.value, create(`class ${classes.value.length + 1}`)];
    },
    drop: (id: number): void => {
      classes.value = classes.value.filter((old) => old.id !== id);
    },
    removeShot: (id: number, shot: number): void =>
      change(id, ({ shots }) => ({ shots: shots.filter((old) => old.id !== shot), notice: '' })),
  };
}

/** Whether the result of an analysis has something of this name already. */
function isTaken(name: string): boolean {
  if ((TASK_NAMES as readonly string[]).includes(name)) return true;
  try {
    classify(name, { id: name, labels: ['a', 'b'] });
    return false;
  } catch {
    return true;
  }
}

/** What is still missing before these classes can be taught, as a sentence; undefined where nothing is. */
export function problemOf(
  name: string,
  classes: readonly Pick<TaughtClass, 'label' | 'shots'>[],
): string | undefined {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    return 'The name of the task has to be a word of plain letters and digits that begins with a small letter, such as “glasses”.';
  }
  if (isTaken(name)) return `The result has a “${name}” already: give the task another name.`;
  const labels = classes.map(({ label }) => label.trim());
  if (labels.includes('')) return 'Give every class a name.';
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) return `Two classes are called “${twice}”: give them different names.`;
  const short = classes.filter(({ shots }) => shots.length < PHOTOS.fewest);
  if (short.length === 0) return undefined;
  const list = short.map(({ label, shots }) => `“${label.trim()}” has ${shots.length}`).join(', ');
  return `Too few photos: ${list}. Give each class at least ${PHOTOS.fewest}, better 8 or more.`;
}
