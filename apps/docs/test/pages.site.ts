import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite } from './open-site.ts';
import { appears, BROWSERS, restsWith, type Tab } from './tabs.ts';

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

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Sets the theme and gives axe's serious findings: an expression. */
const findings = (theme: 'light' | 'dark'): string => `(async () => {
  ${axe}
  const still = document.createElement('style'); // colours would fade
  still.textContent = '* { transition: none !important; }';
  document.head.append(still);
  document.documentElement.classList.toggle('dark', ${theme === 'dark'});
  const { violations } = await window.axe.run({ resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '));
})()`;

/** How far the page scrolls sideways on a phone, in pixels: an expression. */
const sidewaysOnPhone = (path: string): string => `(async () => {
  const frame = document.createElement('iframe'); // browsers' windows are wider
  frame.style.cssText = 'width: 360px; height: 800px';
  frame.src = location.href;
  await new Promise((loaded) => {
    frame.onload = loaded;
    document.body.append(frame);
  });
  await ${appears(restsWith(path), 'frame.contentDocument')};
  const { scrollWidth, clientWidth } = frame.contentDocument.documentElement;
  return scrollWidth - clientWidth;
})()`;

describe.each(BROWSERS)('in $name', ({ open }) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await open();
  });
  afterAll(() => tab.close());

  test.each(PAGES)(
    '%s: no serious accessibility finding in light and dark, no sideways scrolling at 360 px',
    async (path) => {
      await tab.goto(path);
      await tab.evaluate(appears(restsWith(path)));
      expect(await tab.evaluate(findings('light'))).toEqual([]);
      expect(await tab.evaluate(findings('dark'))).toEqual([]);
      expect(await tab.evaluate(sidewaysOnPhone(path))).toBe(0);
    },
  );
});

test('search finds a page, without asking anybody else', async () => {
  const site = await openSite();
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
  await site.close();
});
