import { expect, it } from 'vitest';
import { curves } from '../../../src/whole/recipe/log-curves.js';

it('draws every loss and figure of a log, the last line of which may be cut off', () => {
  const svg = curves(
    [
      '{"event":"start","step":0}',
      '{"step":10,"losses":{"age":2,"race":1}}',
      '{"event":"validation","step":15,"metrics":{"age.mae":8}}',
      '{"step":20,"losses":{"age":1,"race":1}}',
      '{"step":30,"los',
    ].join('\n'),
  );
  for (const title of ['loss age: 1', 'loss race: 1', 'val age.mae: 8']) expect(svg).toContain(`>${title}<`);
  expect(svg.match(/step 20/g)).toHaveLength(2);
});
