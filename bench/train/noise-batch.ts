import type { Tensor } from '@facexformer/core';
import { random } from '@facexformer/statistics';
import type { StepPlan } from '@facexformer/train';
import { feedShapes } from '../../packages/train/src/whole/plan/plan.js';

const CHOICES = ['gender', 'race', 'expression', 'parsing'];

/** A batch in which every row has every label, all of it noise. */
export function noiseBatch(plan: StepPlan): Readonly<Record<string, Tensor>> {
  const draw = random(1, 2);
  const batch = Object.entries(feedShapes(plan)).map(([name, dims]): [string, Tensor] => {
    const [rows = 1, width = 1] = dims;
    const plane = dims.slice(2).reduce((product, dim) => product * dim, 1);
    const count = rows * (dims.length > 1 ? width : 1) * plane;
    if (name.endsWith('Weight')) return [name, { dims, data: new Float32Array(count).fill(1) }];
    if (name === 'age') return [name, { dims, data: ages(rows, width, draw) }];
    if (CHOICES.includes(name)) {
      const data = new Float32Array(count);
      for (let i = 0; i < rows * plane; i += 1) {
        const [row, pixel] = [Math.floor(i / plane), i % plane];
        data[(row * width + Math.floor(draw() * width)) * plane + pixel] = 1;
      }
      return [name, { dims, data }];
    }
    const value = (): number =>
      name === 'attributes' || name === 'visibility' ? Number(draw() < 0.3) : 2 * draw() - 1;
    return [name, { dims, data: Float32Array.from({ length: count }, value) }];
  });
  return Object.fromEntries(batch);
}

/** A bin of each row, and in its last column years that need not agree with it. */
function ages(rows: number, width: number, draw: () => number): Float32Array {
  const data = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    data[row * width + Math.floor(draw() * (width - 1))] = 1;
    data[(row + 1) * width - 1] = 80 * draw();
  }
  return data;
}
