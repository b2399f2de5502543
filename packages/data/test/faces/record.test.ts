import { expect, it } from 'vitest';
import { parseRecord } from '../../src/faces/record.js';
import { fieldReader } from '../../src/reading/fields.js';
import { parseLines } from '../../src/reading/lines.js';

const good = { image: 'a.png', shard: 's.tar' };
const parse = (line: string) => {
  const [entry] = parseLines(`\n${line}`, 'val.jsonl');
  return parseRecord(fieldReader(entry!));
};

it.each([
  ['{"image":', 'broken JSON'],
  ['[1]', 'must be a JSON object, not a list of 1'],
  [`{"image":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'broken JSON'],
  [JSON.stringify({ shard: 's.tar' }), '"image" must be a file name, not nothing'],
  [JSON.stringify({ ...good, shard: '../../etc/passwd' }), '"shard" must be a file name'],
  [JSON.stringify({ ...good, mask: '/etc/passwd' }), '"mask" must be a file name'],
  [JSON.stringify({ ...good, points: [1, 2] }), '"points" must be 136 numbers, not a list of 2'],
  [JSON.stringify({ ...good, pose: { yaw: 'left' } }), '"pose"'],
  [JSON.stringify({ ...good, gender: 2 }), '"gender" must be 0 or 1, not 2'],
  [JSON.stringify({ ...good, race: 0.5 }), '"race"'],
  [JSON.stringify({ ...good, race: 'constructor' }), '"race"'],
  [JSON.stringify({ ...good, attributes: new Array(40).fill(2) }), '"attributes"'],
  [JSON.stringify({ ...good, hidden: [1] }), '"hidden" must be 29 times 0 or 1'],
  [JSON.stringify({ ...good, age: -1 }), '"age" must be years'],
  [JSON.stringify({ ...good, width: 0 }), '"width" must be pixels'],
  [JSON.stringify({ ...good, box: [1, 2] }), '"box" must be four numbers'],
  [JSON.stringify({ ...good, labels: [1] }), '"labels" must be an object of values by name'],
  [JSON.stringify({ ...good, labels: { age: 3 } }), 'tasks that have no field'],
  [JSON.stringify({ ...good, labels: { parsing: 3 } }), 'tasks that have no field'],
  [`{"image":"a.png","shard":"s.tar","labels":{"__proto__":1}}`, '"labels"'],
])('%s is refused', (line, message) => {
  expect(() => parse(line)).toThrow(message);
  expect(() => parse(line)).toThrow('val.jsonl line 2');
});

it('keeps what it knows and leaves the rest alone', () => {
  expect(parse(JSON.stringify({ ...good, age: 0, name: 7, race: null })).labels).toEqual({ age: 0 });
});

it('takes labels of tasks that the format has no field for', () => {
  const { labels } = parse(JSON.stringify({ ...good, gender: 1, labels: { gaze: { yaw: 3 } } }));
  expect(labels).toEqual({ gender: 'female', gaze: { yaw: 3 } });
});

it('counts boxes from the edge of the photo', () => {
  const { box, size } = parse(JSON.stringify({ ...good, width: 9, height: 8, box: [-0.5, 1, 3.5, 7] }));
  expect(box).toEqual({ x: 0, y: 1.5, width: 4, height: 6 });
  expect(size).toEqual({ width: 9, height: 8 });
});
