import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../tools/browser.mjs';
import { serve } from './serve.mjs';

/** A camera that shows a test picture, and gives leave by itself. */
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The built site on localhost, in a Chromium. */
export interface OpenSite {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Serves `.vitepress/dist` on localhost. */
export const serveSite = (): ReturnType<typeof serve> =>
  serve(join(import.meta.dirname, '../.vitepress/dist'));

/** Serves the site and starts the browser that `tools/browser.mjs` finds. */
export async function openSite(): Promise<OpenSite> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('there is no Chromium');
  const site = await serveSite();
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, ...CAMERA] });
  return {
    url: site.url,
    browser,
    async close() {
      await browser.close();
      site.close();
    },
  };
}

/** Waits until the playground has answered and rests. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForSelector('.playground[data-busy="false"] .status:has-text("analysed")', { timeout: 110_000 });

/** Waits until the teaching page can be used. */
export const teachable = (page: Page): Promise<unknown> =>
  page.waitForSelector('.teach[data-ready="true"]', { timeout: 110_000 });
