import { taskChecks } from '@facexformer/core/conformance';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { attributes } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = attributes();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  const labels = [0, 1].map((odd) => vocabulary.labels.map((_, i) => (i + odd) % 2));
  const examples = { labels };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
});

describe('decode', () => {
  it('answers each question by its own sigmoid', () => {
    const raw = new Array(40).fill(-1.5);
    raw[15] = 1;
    raw[31] = 2;
    raw[20] = 0;
    const { probabilities, present } = decode(raw);
    expect(probabilities.Smiling).toBeCloseTo(0.8807971, 6); // PyTorch
    expect(probabilities.Young).toBeCloseTo(0.1824255, 6);
    expect(present).toEqual(['Smiling', 'Eyeglasses', 'Male']); // 0.5 counts
  });
});

it('draws the four most probable in words', () => {
  const raw = Array.from({ length: 40 }, (_, i) => (i < 6 ? 6 - i : -9));
  expect(
    task.draw?.(decode(raw), { box: CROP }).map((shape) => shape.kind === 'label' && shape.text),
  ).toEqual(['5 o clock shadow', 'arched eyebrows', 'attractive', 'bags under eyes']);
});
