import { sizeOf, type Tensor } from '../../base/tensor.js';
import { expectThat } from '../checks/expect.js';
import { labelContext, type Subject } from './subject.js';

/** A logit of which nobody is in doubt. */
const SURE = 20;

/** The raw output that says a label. */
export function perfectRaw(subject: Subject, label: unknown): Tensor {
  const { task, raw: dims } = subject;
  expectThat(task.learning !== undefined, `task "${task.name}" cannot be judged without "learning"`);
  const target = task.learning.encode(label, labelContext(subject));
  return { dims, data: Float32Array.from(rawOf(subject, target)) };
}

function rawOf({ task, perfect, raw }: Subject, target: ArrayLike<number>): ArrayLike<number> {
  if (perfect) return perfect(target);
  switch (task.learning?.loss) {
    case 'absolute':
      return target;
    case 'crossEntropy':
      return Array.from(target, (share) => Math.log(Math.max(share, Math.exp(-SURE))));
    case 'binaryCrossEntropy':
    case 'mask':
      return Array.from(target, (value) => (value > 0.5 ? SURE : -SURE));
    case 'contrastive':
      return Array.from({ length: sizeOf(raw) }, (_, i) => Number(i === target[0]! % sizeOf(raw)));
    default:
      throw new Error(`say with "perfect" which raw output of task "${task.name}" stands for a target`);
  }
}
