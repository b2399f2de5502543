import { readFileSync } from 'node:fs';
import {
  bytesSource,
  type Checkpoint,
  classify,
  openCheckpoint,
  openPluginCheckpoint,
  saveCheckpoint,
  savePluginCheckpoint,
} from '@facexformer/core';
import { parseInfo } from '@facexformer/core/formats';
import { buildModel } from '@facexformer/core/model';
import { allTasks } from '@facexformer/tasks';
import { fixturePath } from '@facexformer/test-utils/load';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { readPickle } from '../../../packages/core/src/formats/pickle.ts';
import { pluginWeights } from '../../../packages/core/test/plugin/support.ts';
import { mutateBytes, mutateJsonText } from '../mutate.ts';
import { below, choose } from '../random.ts';
import { type Target, target } from '../target.ts';

/** Reads every weight, as whoever converts a file does. */
async function readAll(opened: Promise<Checkpoint>): Promise<void> {
  const checkpoint = await opened;
  for (const name of checkpoint.tensors.keys()) await checkpoint.read(name);
}

const OPCODES = [
  ...'(.NKM}])tuea0bqhRQcX\x85\x86\x87\x88\x89\x8a\x93\x94\x95\x80sjrJGTUVBCIFLSpgidol12',
  'K\x01',
  'q\x00',
  'h\x00',
  'X\x03\0\0\0abc',
  'ctorch._utils\n_rebuild_tensor_v2\n',
  'ccollections\nOrderedDict\n',
  'cos\nsystem\n',
  '\x80\x02',
];

/** Readers of weights and of their descriptions. */
export const CHECKPOINTS: readonly Target[] = [
  target('safetensors', 'a safetensors checkpoint, opened and read', async () => {
    const { info, ...tensors } = untrainedCheckpoint();
    const chunks: Uint8Array[] = [];
    for await (const chunk of saveCheckpoint(info, tensors)) chunks.push(chunk);
    const seeds = [Buffer.concat(chunks)];
    return {
      input: (random) => mutateBytes(random, seeds, ['"__proto__":', '[0,9007199254740993]', '{"a":']),
      attempt: (bytes) => readAll(openCheckpoint(bytesSource(bytes))),
    };
  }),
  target('torch', 'a .pt file of the released layout, opened and read', () => {
    const seeds = ['mini_ckpt.pt'].map((name) => readFileSync(fixturePath(name)));
    return {
      input: (random) => mutateBytes(random, seeds, OPCODES),
      attempt: (bytes) => readAll(openCheckpoint(bytesSource(bytes))),
    };
  }),
  target('pickle', 'opcodes of a pickle', () => ({
    input: (random) =>
      Buffer.from(
        `${Array.from({ length: below(random, 80) }, () => choose(random, OPCODES)).join('')}.`,
        'latin1',
      ),
    attempt: (bytes) =>
      readPickle(bytes, { global: () => ({ kind: 'g' }), call: () => new Map(), persistent: () => null }),
  })),
  target('description', 'the description in a checkpoint, and the network that it asks for', () => {
    const { info } = untrainedCheckpoint();
    return {
      input: (random) => mutateJsonText(random, info),
      attempt: (json) => {
        const { model, vocabularies } = parseInfo(json);
        buildModel(model, { tasks: allTasks(), vocabularies });
      },
    };
  }),
  target('plugin', 'a plug-in of one task', async () => {
    const seed = await savePluginCheckpoint(
      pluginWeights(classify('own', { id: 'x@1', labels: ['a', 'b'] })),
    );
    return {
      input: (random) => mutateBytes(random, [seed], ['"recipe":', '"vocabulary":null', '1e309', '[']),
      attempt: (bytes) => openPluginCheckpoint(bytesSource(bytes)),
    };
  }),
];
