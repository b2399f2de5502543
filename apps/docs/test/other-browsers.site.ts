import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appears, DRIVEN, restsWith } from './tabs.ts';

const photo = join(import.meta.dirname, '../../../fixtures/astronaut.png');
const RESTS = appears(restsWith('/playground.html'));

/** The answers that the playground shows as JSON: an expression. */
const FACES = `JSON.parse(document.querySelector('[data-testid="json"]').textContent)`;

/** What was drawn: an expression. */
const PICTURE = `document.querySelector('.playground canvas').toDataURL()`;

/** The playground's main way where playground.site.ts does not go. */
describe.each(DRIVEN)('the playground in $name', ({ open }) => {
  let tab: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    tab = await open();
    await tab.goto('/playground.html');
  });
  afterAll(() => tab.close());

  test('analyses the demo photo without a click: one face, nine tasks', async () => {
    await tab.evaluate(RESTS);
    const [face, ...others] = await tab.evaluate<Record<string, unknown>[]>(FACES);
    expect(others).toEqual([]);
    expect(Object.keys(face!)).toEqual(
      expect.arrayContaining(['parsing', 'landmarks', 'headPose', 'age', 'gender', 'race']),
    );
    expect(Object.keys(face!)).toEqual(expect.arrayContaining(['expression', 'attributes', 'visibility']));
    expect(await tab.evaluate(`document.querySelectorAll('#panel-A dt').length`)).toBe(9);
  });

  test('refuses a file that is no photo, and analyses the photo that is chosen next', async () => {
    const demo = await tab.evaluate(PICTURE); // the same photo
    await tab.evaluate(`document.querySelector('.playground canvas').getContext('2d').reset()`);
    await tab.chooseFile('input[type=file]', import.meta.filename);
    await tab.evaluate(appears('[role=alert]'));
    expect(await tab.evaluate(`document.querySelector('[role=alert]').textContent`)).toContain('BAD_IMAGE');
    await tab.chooseFile('input[type=file]', photo);
    await tab.evaluate(RESTS);
    expect(await tab.evaluate(FACES)).toHaveLength(1);
    expect(await tab.evaluate(PICTURE)).toBe(demo);
  });

  test('takes a task that is switched off out of the result', async () => {
    await tab.click('input[value=race]');
    await tab.evaluate(RESTS);
    const [face] = await tab.evaluate<Record<string, unknown>[]>(FACES);
    expect(face).not.toHaveProperty('race');
    expect(face).toHaveProperty('age');
  });
});
