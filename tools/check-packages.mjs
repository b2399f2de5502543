/**
 * publint and attw (are the types wrong?) on every public package, as npm would publish it. The old resolution `node10`,
 * which knows no subpaths and which TypeScript 6 retires, is left out.
 */
import { spawnSync } from 'node:child_process';
import { publicPackages } from './workspaces.mjs';

let failed = false;
for (const { folder, manifest } of publicPackages()) {
  for (const command of [
    ['npx', 'publint', '--strict'],
    ['npx', 'attw', '--pack', '.', '--quiet', '--profile', 'node16'],
  ]) {
    const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status === 0) continue;
    failed = true;
    console.error(`${manifest.name}: ${command.slice(1).join(' ')}\n${stdout}${stderr}`);
  }
}
process.exit(failed ? 1 : 0);
