import { mirrorImage } from '@facexformer/core/image';
import { expect, it } from 'vitest';
import { learning } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const landmarks = Array.from({ length: 136 }, (_, i) => (i % 2 ? 7 : Math.floor(i / 2)));
const at = (name: (typeof vocabulary.labels)[number]): number => vocabulary.labels.indexOf(name);

it('follows from the landmarks and from what was painted over them', () => {
  const covered = ({ x }: { readonly x: number }): boolean => x >= 48;
  const hidden = learning.derive!({ labels: { landmarks }, covered }) as number[];
  expect(hidden).toHaveLength(29);
  expect([hidden[at('chin')], hidden[at('noseTip')], hidden[at('mouthCornerLeft')]]).toEqual([0, 0, 1]);
  expect(learning.derive!({ labels: { landmarks } })).toEqual(vocabulary.labels.map(() => 0));
  expect(learning.derive!({ labels: {} })).toBeUndefined();
});

it('exchanges sides in a mirrored face', () => {
  const flags = vocabulary.labels.map((_, i) => Number(i === at('pupilLeft') || i === at('chin')));
  const mirrored = learning.transform!(flags, mirrorImage({ width: 9, height: 9 })) as number[];
  expect(mirrored.flatMap((flag, i) => (flag ? [vocabulary.labels[i]] : []))).toEqual(['pupilRight', 'chin']);
});

it('refuses other labels', () => {
  const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw: [29], vocabulary, classes: [] };
  expect(() => learning.encode([1, 0], context)).toThrow('29 times 0 or 1');
});
