import { installedBrowsers } from '../../../tools/other-browsers/browsers.mjs';
import { openDriven, type Session } from '../../../tools/other-browsers/webdriver.mjs';
import { openSite, serveSite } from './open-site.ts';

/** A tab of a desktop's width at the built site. */
export interface Tab {
  goto(path: string): Promise<unknown>;
  /** Gives what an expression of the page, or its promise, comes to. */
  evaluate<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

async function openInChromium(): Promise<Tab> {
  const { url, browser, close } = await openSite();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  return {
    goto: (path) => page.goto(url + path),
    evaluate: (expression) => page.evaluate(expression),
    close,
  };
}

async function openByWebDriver(browser: { name: string; program: string }): Promise<Tab & Session> {
  const site = await serveSite();
  const session = await openDriven(browser);
  return {
    ...session,
    goto: (path) => session.goto(site.url + path),
    async close() {
      await session.close();
      site.close();
    },
  };
}

/** Firefox and WebKit, where they are installed. */
export const DRIVEN = installedBrowsers().map((browser) => ({
  name: browser.name,
  open: () => openByWebDriver(browser),
}));

/** Every browser that is installed. */
export const BROWSERS = [{ name: 'chromium', open: openInChromium }, ...DRIVEN];

/** An expression that waits for the first element that a selector finds, in the page or a frame of it. */
export const appears = (selector: string, root = 'document'): string =>
  `new Promise((resolve) => {
    const look = () => (${root}.querySelector(${JSON.stringify(selector)}) ? resolve() : setTimeout(look, 50));
    look();
  })`;

/** What is there when a page does nothing more by itself. */
export const restsWith = (path: string): string => {
  if (path.includes('playground')) return '.playground[data-busy="false"] [data-testid="timing"]';
  if (path.includes('teach')) return '.teach[data-ready="true"]';
  return '.VPSwitchAppearance:not([title=""])'; // the script has named it: until then the page is bare HTML
};
