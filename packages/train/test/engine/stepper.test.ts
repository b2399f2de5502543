import type { Session, Tensor } from '@facexformer/core';
import { expect, it } from 'vitest';
import { createStepper, stepSettings } from '../../src/engine/stepper.js';
import { unmoved } from '../../src/engine/vectors.js';

/** Adds the rate to the parameters; the "norm" is what the feed says. */
const session: Session = {
  inputs: [],
  outputs: [],
  device: 'cpu',
  async run(feeds): Promise<Readonly<Record<string, Tensor>>> {
    const moved = (name: string): Tensor => {
      const { dims, data } = feeds[name]!;
      return { dims, data: data.map((value) => value + feeds.settings!.data[0]!) };
    };
    return {
      norm: feeds.asked!,
      nextParameters: moved('parameters'),
      nextFirst: moved('first'),
      nextSecond: moved('second'),
      nextAverage: moved('average'),
    };
  },
  dispose: async () => undefined,
};
const asked = (norm: number) => ({ asked: { dims: [1], data: Float32Array.of(norm) } });

it('moves the state, and leaves it where the gradient is not finite', async () => {
  const stepper = createStepper(session, unmoved(Float32Array.of(1, 2)));
  await stepper.step(asked(1), stepSettings(1, 0.5, 0.1));
  await stepper.step(asked(Number.NaN), stepSettings(2, 0.5, 0.1));
  expect(stepper.vectors()).toEqual({
    parameters: Float32Array.of(1.5, 2.5),
    first: Float32Array.of(0.5, 0.5),
    second: Float32Array.of(0.5, 0.5),
    average: Float32Array.of(1.5, 2.5),
  });
});

it('corrects the bias of the moments by the number of the step', () => {
  expect([...stepSettings(1, 0.5, 0.25)]).toEqual([0.5, 0.1, 0.02, 0.25].map((x) => expect.closeTo(x)));
});
