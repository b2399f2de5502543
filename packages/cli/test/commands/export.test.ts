import { expect, it } from 'vitest';
import { requireSize } from '../../src/commands/export.js';

const entry = { dtype: 'F32', shape: [600_000_000], offset: 0, byteLength: 2_400_000_000 } as const;

it('refuses what one ONNX file cannot hold, and says what can', () => {
  const large = { tensors: new Map([['weight', entry]]) };
  expect(() => requireSize(large, 'fp32')).toThrow(/2\.4 GB.*--precision int8/);
  expect(() => requireSize(large, 'int8')).not.toThrow();
});
