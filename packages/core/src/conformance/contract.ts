import { FaceXFormerError } from '../base/errors.js';
import { type Tensor, tensor } from '../base/tensor.js';
import { exportOnnx } from '../graph/lower/export.js';
import { add, constant, input, matMul } from '../graph/ops.js';
import { BATCH } from '../graph/value.js';
import type { ModelBuilder, Runtime } from '../runtime/runtime.js';
import { expectCode, expectEqual } from './checks/expect.js';

/** A check of one promise of the `Runtime` contract. */
export interface ContractCheck {
  readonly name: string;
  /** @throws {Error} that says what the runtime did instead. */
  run(runtime: Runtime): Promise<void>;
}

/** y [batch, 2] = x [batch, 3] W + b. */
const model: ModelBuilder = (target) => {
  const x = input('x', [BATCH, 3]);
  const y = add(matMul(x, constant([3, 2], [0, 1, 2, 3, 4, 5])), constant([2], [0.5, -1]));
  const read = (name: string) => Promise.reject(new FaceXFormerError('MISSING_TENSOR', name));
  return exportOnnx({ outputs: { y }, parameters: { read }, target });
};

const X = tensor([1, 3], [1, 2, 3]);
const Y = tensor([1, 2], [16.5, 21]);

/** What every runtime must do, for any test runner: `it(check.name, () => check.run(runtime))`. */
export const contractChecks: readonly ContractCheck[] = [
  {
    name: 'runs a graph for any batch, and names its inputs, outputs and device',
    async run(runtime) {
      const session = await runtime.open(model);
      expectEqual('inputs', session.inputs, ['x']);
      expectEqual('outputs', session.outputs, ['y']);
      expectEqual('the device has a name', session.device.length > 0, true);
      expectTensor((await session.run({ x: X })).y, Y);
      const three = await session.run({ x: tensor([3, 3], [0, 0, 0, 1, 0, 0, 1, 2, 3]) });
      expectTensor(three.y, tensor([3, 2], [0.5, -1, 0.5, 0, 16.5, 21]));
      await session.dispose();
    },
  },
  {
    name: 'keeps concurrent runs apart, and leaves feeds and earlier outputs as they are',
    async run(runtime) {
      const session = await runtime.open(model);
      const feed = tensor([1, 3], [1, 2, 3]);
      const [first] = await Promise.all([
        session.run({ x: feed }),
        session.run({ x: tensor([1, 3], [0, 0, 0]) }),
      ]);
      await session.run({ x: tensor([1, 3], [9, 9, 9]) });
      expectTensor(first.y, Y);
      expectTensor(feed, X);
      await session.dispose();
    },
  },
  {
    name: 'refuses feeds that do not fit',
    async run(runtime) {
      const session = await runtime.open(model);
      await expectCode('BAD_TENSOR', 'a missing input', session.run({}));
      await expectCode('BAD_TENSOR', 'an unknown input', session.run({ x: X, z: X }));
      await expectCode('BAD_TENSOR', 'a wrong shape', session.run({ x: tensor([1, 2], [1, 2]) }));
      await session.dispose();
    },
  },
  {
    name: 'refuses what is not a model, and passes on errors of the model builder',
    async run(runtime) {
      const broken = async () => ({ bytes: Uint8Array.from([1, 2, 3]) });
      await expectCode('RUNTIME', 'three bytes as a model', runtime.open(broken));
      const failing = () => Promise.reject(new FaceXFormerError('MISSING_TENSOR', 'no weights'));
      await expectCode('MISSING_TENSOR', 'a failing builder', runtime.open(failing));
    },
  },
  {
    name: 'stops when aborted',
    async run(runtime) {
      const aborted = { signal: { aborted: true, reason: 'test' } };
      await expectCode('ABORTED', 'open', runtime.open(model, aborted));
      const session = await runtime.open(model);
      await expectCode('ABORTED', 'run', session.run({ x: X }, aborted));
      expectTensor((await session.run({ x: X })).y, Y);
      await session.dispose();
    },
  },
  {
    name: 'can be disposed of twice, and not used afterwards',
    async run(runtime) {
      const session = await runtime.open(model);
      const running = session.run({ x: X });
      await Promise.all([session.dispose(), session.dispose()]);
      expectTensor((await running).y, Y);
      await expectCode('DISPOSED', 'run', session.run({ x: X }));
    },
  },
  {
    name: 'takes pixels as they are, and refuses malformed ones',
    async run(runtime) {
      const pixels = { width: 1, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
      expectEqual('pixels', await runtime.decode(pixels), pixels);
      await expectCode('BAD_IMAGE', 'too few bytes', runtime.decode({ ...pixels, height: 3 }));
    },
  },
];

function expectTensor(actual: Tensor | undefined, expected: Tensor): void {
  expectEqual('dims', actual?.dims, expected.dims);
  const near = actual?.data.every((value, i) => Math.abs(value - expected.data[i]!) < 1e-3);
  if (!near) throw new Error(`values are [${actual?.data}], expected [${expected.data}]`);
}
