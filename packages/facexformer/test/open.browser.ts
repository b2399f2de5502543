import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { expect, it } from 'vitest';
import { age, openFaceAnalyzer } from '../src/browser.ts';

const photo = fixtureUrl('astronaut.png');

it('answers all nine tasks in a page without an option', async () => {
  await using analyzer = await openFaceAnalyzer();
  const [face, ...others] = await analyzer.analyze(photo.href);
  expect(others).toHaveLength(0);
  expect(face?.expression.label).toBe('happy');
  expect(face?.landmarks.points).toHaveLength(68);
});

it('takes the tasks and the device that it is given', async () => {
  await using analyzer = await openFaceAnalyzer({ tasks: [age()], device: 'wasm', detector: false });
  expect(analyzer.device).toBe('wasm');
  const [face] = await analyzer.analyze(await (await fetch(photo)).blob());
  expect(face?.age.years).toBeGreaterThan(0);
  expect(face).not.toHaveProperty('gender');
});
