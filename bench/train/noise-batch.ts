import type { Tensor } from '@facexformer/core';
import { random } from '../../packages/train/src/augment/random.js';
import { type StepShape, targetShapes } from '../../packages/train/src/step/targets.js';

const CHOICES = ['age', 'gender', 'race', 'expression'];

/** A batch in which every row has every label, all of it noise. */
export function noiseBatch(shape: StepShape): Readonly<Record<string, Tensor>> {
  const draw = random(1, 2);
  const batch = Object.entries(targetShapes(shape)).map(([name, dims]): [string, Tensor] => {
    const [rows = 1, width = 1] = dims;
    const plane = dims.slice(2).reduce((product, dim) => product * dim, 1);
    const count = rows * (dims.length > 1 ? width : 1) * plane;
    if (name.endsWith('Weight')) return [name, { dims, data: new Float32Array(count).fill(1) }];
    if (CHOICES.includes(name) || name === 'parsing') {
      const data = new Float32Array(count);
      for (let i = 0; i < rows * plane; i += 1) {
        const [row, pixel] = [Math.floor(i / plane), i % plane];
        data[(row * width + Math.floor(draw() * width)) * plane + pixel] = 1;
      }
      return [name, { dims, data }];
    }
    const value = (): number => {
      if (name === 'ageYears') return 80 * draw();
      return name === 'attributes' || name === 'visibility' ? Number(draw() < 0.3) : 2 * draw() - 1;
    };
    return [name, { dims, data: Float32Array.from({ length: count }, value) }];
  });
  return Object.fromEntries(batch);
}
