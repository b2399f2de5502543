import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenSite, openSite, settled, teachable } from './open-site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/',
  '/guide/start.html',
  '/guide/how-it-works.html',
  '/guide/accuracy.html',
  '/guide/speed.html',
  '/tasks/age.html',
  '/playground.html',
  '/teach.html',
  '/api/',
];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

test.each(PAGES)(
  '%s: no serious accessibility finding in light and dark, no sideways scrolling at 360 px',
  async (path) => {
    const page = await site.browser.newPage({ viewport: { width: 360, height: 800 }, bypassCSP: true });
    await page.goto(site.url + path);
    if (path.includes('playground')) await settled(page);
    if (path.includes('teach')) await teachable(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.addScriptTag({ content: axe });
    await page.addStyleTag({ content: '* { transition: none !important; }' }); // colours would fade
    for (const dark of [false, true]) {
      await page.evaluate((on) => document.documentElement.classList.toggle('dark', on), dark);
      const violations = await page.evaluate(async (): Promise<Violation[]> => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ readonly violations: Violation[] }> };
        };
        return (await axe.run()).violations;
      });
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
    await page.close();
  },
);

test('search finds a page, without asking anybody else', async () => {
  const page = await site.browser.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) outside.push(request.url());
  });
  await page.goto(`${site.url}/guide/start.html`);
  await page.click('#local-search button');
  await page.fill('#localsearch-input', 'isolation plug-in');
  await page.waitForSelector('#localsearch-list a[href*="how-it-works"]');
  expect(outside.filter((url) => !url.startsWith('data:'))).toEqual([]);
  await page.close();
});
