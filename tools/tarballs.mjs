import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { publicPackages } from './workspaces.mjs';

const root = join(import.meta.dirname, '..');

/**
 * Packs every public package, as npm would publish it.
 * @param {string} folder where the tarballs go
 * @returns {Record<string, string>} the tarball of each package, by its name
 */
export function packPackages(folder) {
  const chosen = publicPackages().flatMap(({ manifest }) => ['-w', manifest.name]);
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder, ...chosen], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  return Object.fromEntries(JSON.parse(output).map(({ name, filename }) => [name, join(folder, filename)]));
}
