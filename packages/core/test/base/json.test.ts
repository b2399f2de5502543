import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/base/json.js';
import { parseInfo } from '../../src/checkpoint/info.js';
import { parsePluginInfo } from '../../src/plugin/plugin-info.js';

const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}0${'}]'.repeat(depth / 2)}`;

describe('parseJson', () => {
  it('takes 64 levels, and refuses more of any number', () => {
    expect(parseJson(nested(64))).toHaveLength(1);
    for (const depth of [66, 1_000_000]) expect(() => parseJson(nested(depth))).toThrow(SyntaxError);
  });

  it.each(['formatVersion', 'model', 'task', 'vocabulary'])(
    'keeps a deep "%s" out of descriptions',
    (field) => {
      const json = `{"formatVersion":1,"${field}":${nested(100_000)}}`;
      for (const parse of [parseInfo, parsePluginInfo]) {
        expect(() => parse(json)).toThrow(expect.objectContaining({ code: 'BAD_CHECKPOINT' }));
      }
    },
  );
});
