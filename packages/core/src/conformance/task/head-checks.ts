import { topological } from '../../graph/topological.js';
import { BATCH } from '../../graph/value.js';
import { defineTask, TASK_VERSION } from '../../task/task.js';
import { expectEqual, expectThat } from '../checks/expect.js';
import type { Promised } from './check.js';
import { headOf } from './subject.js';

export const headChecks: readonly Promised[] = [
  [
    'states its contract, name and tokens',
    ({ task }) => {
      expectEqual('specificationVersion', task.specificationVersion, TASK_VERSION);
      defineTask(task);
      expectThat(task.vocabulary.id.length > 0, 'the vocabulary has no id');
      const { labels } = task.vocabulary;
      expectEqual('different labels', new Set(labels).size, labels.length);
    },
  ],
  [
    'builds a head on the tokens that it is given, for any batch',
    ({ task }) => {
      const head = headOf(task);
      expectThat(head.shape[0] === BATCH, `the raw output has shape [${head.shape}], expected an open batch`);
      const isSized = head.shape.length > 1 && head.shape.slice(1).every((dim) => typeof dim === 'number');
      expectThat(isSized, `the raw output has shape [${head.shape}]: all but the batch must be known`);
      const inputs = topological([head]).flatMap((value) => (value.op === 'input' ? [value.name] : []));
      expectThat(inputs.includes('tokens'), 'the head does not read its tokens');
      const again = headOf(task).shape;
      expectEqual('shape of a second head', again.slice(1), head.shape.slice(1));
    },
  ],
];
