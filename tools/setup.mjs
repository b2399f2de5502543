/**
 * Installs what is missing, with nothing but Node and npm, and is quick when nothing is: the first step of
 * `npm run demo` and `npm test`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`setup: Node ${process.versions.node} is too old, 20.19 or newer is needed`);
  process.exit(1);
}

const npm = (...args) =>
  execFileSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });

const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const stamp = join(root, 'node_modules/.cache/facexformer-lock.json');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('setup: installing dependencies (npm ci)');
  npm('ci', '--no-audit', '--no-fund');
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, lock);
}

if (!existsSync(join(root, 'packages/detector/generated/weights.js'))) {
  console.log('setup: preparing the face detector (weights from npm package @mediapipe/face_detection)');
  npm('run', '--silent', 'weights', '-w', '@facexformer/detector');
}
