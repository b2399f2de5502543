/**
 * Firefox and WebKit, opened at an address and closed again. Nothing drives them from outside: the pages that they are
 * sent to test themselves. Debian has them in firefox-esr, and in webkit2gtk-driver, which brings WebKitGTK's MiniBrowser,
 * with xvfb for its window.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A new profile's questions, and whatever would ask the internet. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.disable_open_during_load': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

const inPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** In /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1, for example. */
const findMiniBrowser = (lib = '/usr/lib') =>
  existsSync(lib)
    ? readdirSync(lib)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(lib, name, 'webkit2gtk-4.1/MiniBrowser'))
        .find((path) => existsSync(path))
    : undefined;

/** By name: where each is found, and how it is started. */
export const BROWSERS = {
  firefox: {
    find: () => inPath('firefox-esr') ?? inPath('firefox'),
    command: (program) => [program],
    settings(profile, url) {
      const lines = Object.entries(PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      );
      writeFileSync(join(profile, 'user.js'), lines.join('\n'));
      return ['--headless', '--no-remote', '--profile', profile, url];
    },
  },
  webkit: {
    find: () => inPath('xvfb-run') && findMiniBrowser(),
    command: (program) => ['xvfb-run', '-a', program],
    settings: (_, url) => ['--private', url],
  },
};

/** The browsers that are installed: their names, commands and versions. */
export const installedBrowsers = () =>
  Object.entries(BROWSERS).flatMap(([name, { find, command }]) => {
    const program = find();
    if (!program) return [];
    const [first, ...args] = command(program);
    const { stdout } = spawnSync(first, [...args, '--version'], { encoding: 'utf8' });
    return [{ name, command: [first, ...args], version: stdout.match(/\d[\d.]+/)?.[0] ?? 'unknown' }];
  });

/** Opens an address in a new profile; returns how to end the browser. */
export function openAt({ name, command: [program, ...args] }, url) {
  const profile = mkdtempSync(join(tmpdir(), `facexformer-${name}-`));
  const child = spawn(program, [...args, ...BROWSERS[name].settings(profile, url)], {
    detached: true, // a group of its own, for all its processes to end with it
    stdio: 'ignore',
    env: { ...process.env, HOME: profile },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  process.once('exit', end);
  return async () => {
    end();
    process.off('exit', end);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
