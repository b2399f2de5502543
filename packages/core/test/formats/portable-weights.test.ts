import { createHash } from 'node:crypto';
import { fixtureJson } from '@facexformer/test-utils/load';
import { generateTensor } from '@facexformer/test-utils/portable-weights';
import { expect, it } from 'vitest';

it('the generator reproduces the reference bits of every tiny tensor', () => {
  const { state_dict } = fixtureJson<{ state_dict: [string, number[], string][] }>('tiny.json');
  for (const [name, shape, sha256] of state_dict) {
    if (name.endsWith('relative_position_index')) continue;
    const bytes = new Uint8Array(generateTensor(`tiny.${name}`, shape).buffer);
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
  }
});
