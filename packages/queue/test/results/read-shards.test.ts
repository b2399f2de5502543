import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mergeShards } from '../../src/results/merge-shards.js';
import { readResults } from '../../src/results/read-shards.js';
import { all } from '../all.js';
import { useFolder } from '../folder.js';

const at = useFolder();
const keyOf = (i: number): string => `key-${i}`.padEnd(22, '_');
const line = (i: number): string => `${JSON.stringify({ key: keyOf(i), photo: `${i}.jpg` })}\n`;

it('reads each result once, and nothing of a line that was cut off', async () => {
  writeFileSync(at('shard-a-1.jsonl'), line(1) + line(2));
  writeFileSync(at('shard-b-1.jsonl'), line(2) + line(3) + line(4).slice(0, -1)); // whole JSON, but not ended
  writeFileSync(at('other.jsonl'), line(5));
  const results = await all(readResults(at()));
  expect(results.map(({ photo }) => photo)).toEqual(['1.jpg', '2.jpg', '3.jpg']);
});

it('merges them into a file', async () => {
  mkdirSync(at('in'));
  const long = line(1).replace('1.jpg', `${'é'.repeat(100_000)}.jpg`); // longer than a piece of the file
  writeFileSync(at('in/shard-a-1.jsonl'), long + line(2));
  writeFileSync(at('in/shard-b-1.jsonl'), line(2) + line(1));
  expect(await mergeShards(at('in'), at('all.jsonl'))).toEqual({ photos: 2, repeated: 2 });
  expect(readFileSync(at('all.jsonl'), 'utf8')).toBe(long + line(2));
});

it('destroys no shard, and takes no other file for one', async () => {
  await expect(mergeShards(at(), at('all.jsonl'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  writeFileSync(at('shard-a-1.jsonl'), line(1));
  const onto = mergeShards(at(), at('shard-a-1.jsonl'));
  await expect(onto).rejects.toMatchObject({ code: 'BAD_OPTION' });
  writeFileSync(at('shard-b-1.jsonl'), '{"photo":"a.jpg"}\n');
  await expect(mergeShards(at(), at('all.jsonl'))).rejects.toThrow(/is not a result/);
  writeFileSync(at('shard-b-1.jsonl'), `{"key":"${keyOf(1)}", half of a line\n`);
  await expect(mergeShards(at(), at('all.jsonl'))).rejects.toThrow(/is not a result/);
  expect(at.names()).toEqual(['shard-a-1.jsonl', 'shard-b-1.jsonl']);
  mkdirSync(at('shard-c-1.jsonl'));
  writeFileSync(at('shard-b-1.jsonl'), '');
  await expect(all(readResults(at()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
