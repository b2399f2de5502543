import { defineBrowserProvider } from '@vitest/browser';
import { defineConfig } from 'vitest/config';
import { installedBrowsers, openAt } from './tools/other-browsers/browsers.mjs';
import chromium from './vitest.browser.config.ts';

/** The tests of vitest.browser.config.ts in Firefox and WebKit, which tools/other-browsers/run.mjs has found. */
export default defineConfig({
  ...chromium,
  oxc: { target: 'es2022' }, // WebKit cannot read `await using`
  test: {
    ...chromium.test,
    testTimeout: 180_000,
    browser: {
      enabled: true,
      screenshotFailures: false,
      instances: installedBrowsers().map((browser) => ({
        browser: browser.name,
        provider: providerOf(browser),
      })),
    },
  },
});

/** Opens vitest's page, which needs nobody to drive it. */
function providerOf(browser) {
  return defineBrowserProvider({
    name: browser.name,
    providerFactory() {
      const open = [];
      return {
        name: browser.name,
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(_session, url) {
          open.push(openAt(browser, url));
        },
        async close() {
          await Promise.all(open.map((close) => close()));
        },
      };
    },
  });
}
