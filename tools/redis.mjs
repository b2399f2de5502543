/**
 * The Redis that tests of the queue start for themselves: installed where this may be done (root on Debian), otherwise its
 * absence is said loudly and those tests are skipped.
 */
import { spawnSync } from 'node:child_process';

const has = () => spawnSync('redis-server', ['--version']).status === 0;

if (!has() && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
  console.log('redis: installing redis-server');
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
  if (!apt(...options, 'install', 'redis-server') && apt('update', '-qq'))
    apt(...options, 'install', 'redis-server');
}
if (!has()) {
  console.warn('*******************************************************************************');
  console.warn('*** SKIPPED: there is no redis-server on this machine: the queue is NOT tested. ');
  console.warn('*** Install it (apt-get install redis-server, brew install redis) to test it.    ');
  console.warn('*******************************************************************************');
}
