import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { openShard } from '../../src/results/shard-sink.js';
import { useFolder } from '../folder.js';

const at = useFolder();
const shard = (number: number): string => `shard-${hostname()}-${number}.jsonl`;
const record = (key: string) => ({
  key,
  photo: 'a.jpg',
  width: 1,
  height: 1,
  model: { name: 'mini', trained: true },
  device: 'cpu',
  faces: [],
});

it('gives each worker a file of its own, and the next one that of a worker that ended', async () => {
  const [one, two] = [await openShard(at()), await openShard(at())];
  await Promise.all([one.write(record('a')), one.write(record('b')), two.write(record('c'))]);
  await one.close?.();
  const three = await openShard(at());
  await three.write(record('d'));
  await Promise.all([two.close?.(), three.close?.()]);
  expect(at.names()).toEqual([shard(1), shard(2)]);
  const keys = [1, 2].map((number) =>
    readFileSync(at(shard(number)), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).key),
  );
  expect(keys).toEqual([['a', 'b', 'd'], ['c']]);
});
