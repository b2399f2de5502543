import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { cacheFolder } from '../../src/files/cache-folder.js';

it.each([
  ['/caches', '/caches'],
  ['', join(homedir(), '.cache')],
])('with XDG_CACHE_HOME=%s lies in %s', (home, parent) => {
  vi.stubEnv('XDG_CACHE_HOME', home);
  expect(cacheFolder()).toBe(join(parent, 'facexformer'));
  vi.unstubAllEnvs();
});
