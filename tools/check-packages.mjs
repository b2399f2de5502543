/**
 * knip (exports, files and dependencies that nobody uses), then publint and attw (are the types wrong?) on every public package,
 * as npm would publish it. The old resolution `node10`,
 * which knows no subpaths and which TypeScript 6 retires, is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packPackages } from './tarballs.mjs';
import { publicPackages } from './workspaces.mjs';

async function complaintsOfPublint({ manifest }, tarball) {
  const { messages } = await publint({ pkgDir: 'package', strict: true, pack: { tarball } });
  return messages.map((message) => formatMessage(message, manifest));
}

async function complaintsOfAttw({ manifest }, tarball) {
  if (!manifest.types) return []; // a command only
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(tarball));
  if (!types) return ['it has no types'];
  return problems
    .filter(({ resolutionKind }) => resolutionKind !== 'node10')
    .map((problem) => JSON.stringify(problem));
}

const knip = spawnSync('npx', ['knip', '--no-progress', '--no-config-hints'], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (knip.status !== 0) process.exitCode = 1;

const temp = mkdtempSync(join(tmpdir(), 'facexformer-packages-'));
try {
  const tarballs = packPackages(temp);
  for (const workspace of publicPackages()) {
    const { name } = workspace.manifest;
    const { buffer, byteOffset, byteLength } = readFileSync(tarballs[name]);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
    const complaints = [
      ...(await complaintsOfPublint(workspace, tarball)),
      ...(await complaintsOfAttw(workspace, new Uint8Array(tarball))),
    ];
    for (const complaint of complaints) console.error(`packages: ${name}: ${complaint}`);
    if (complaints.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
