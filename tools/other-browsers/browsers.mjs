/**
 * Firefox and WebKit: where they are installed, and how they are started and ended. Debian has them in firefox-esr, and in
 * webkit2gtk-driver, which brings WebKitGTK's MiniBrowser, with xvfb for its window.
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
  'marionette.port': 0, // any that is free
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

/** On a screen that the window for desktops fits into. */
export const onScreen = (program) => ['xvfb-run', '-a', '-s', '-screen 0 1400x1000x24', program];

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
    command: onScreen,
    settings: (_, url) => ['--private', url],
  },
};

/** The browsers that are installed: their names, programs and versions. */
export const installedBrowsers = () =>
  Object.entries(BROWSERS).flatMap(([name, { find, command }]) => {
    const program = find();
    if (!program) return [];
    const [first, ...args] = command(program);
    const { stdout } = spawnSync(first, [...args, '--version'], { encoding: 'utf8' });
    return [{ name, program, version: stdout.match(/\d[\d.]+/)?.[0] ?? 'unknown' }];
  });

/** Says loudly which of them are not there. */
export function warnOfMissing(browsers, step) {
  const missing = Object.keys(BROWSERS).filter((name) => browsers.every((browser) => browser.name !== name));
  if (missing.length > 0)
    console.warn(`
  !! SKIPPED: ${missing.join(' and ')} NOT on this machine, so nothing is tested there.
  !! Debian: sudo apt-get install firefox-esr webkit2gtk-driver xvfb, then
  !!     node tools/check.mjs ${step}
`);
}

/**
 * Starts a program with a home of its own.
 * @param {string} name
 * @param {(profile: string) => string[]} command what is started
 * @returns its empty `profile`, the process, and `close`, which ends it with all that it has started
 */
export function startIn(name, command) {
  const profile = mkdtempSync(join(tmpdir(), `facexformer-${name}-`));
  const [program, ...args] = command(profile);
  const child = spawn(program, args, {
    detached: true, // a group of its own, for all its processes to end with it
    stdio: 'ignore',
    env: { ...process.env, HOME: profile },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  process.once('exit', end);
  const close = async () => {
    end();
    process.off('exit', end);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { profile, child, close };
}

/** Opens an address in a new profile, for pages that test themselves; returns how to end the browser. */
export const openAt = ({ name, program }, url) =>
  startIn(name, (profile) => [...BROWSERS[name].command(program), ...BROWSERS[name].settings(profile, url)])
    .close;
