/** The packed packages in every Node that is supported, in Bun and in Deno: as ES modules, as CommonJS and in a thread. */
import { join } from 'node:path';
import { makeApp, run } from '../workplace.mjs';
import { checkFaces } from './checks.mjs';

const { platform, arch } = process;
const BUN = `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
const DENO = `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
const NODES = { 20: '20.19.5', 22: '22.23.3', 24: '24.9.0', 26: '26.12.1' };

const app = () => makeApp('node', { from: 'tools/matrix/apps/node' });

/** An engine of its own version, from npm. */
async function engine(name, version, path) {
  const home = await makeApp(`engine-${name.replace(/\W+/g, '-')}-${version}`, {
    bare: true,
    dependencies: { [name]: version },
  });
  return join(home, 'node_modules', name, path);
}

const program = async (node, file, args = []) =>
  checkFaces(await run(node, [...args, file], { cwd: await app() }));

const nodes = Object.entries(NODES).map(([major, version]) => ({
  name: `node-${major}`,
  title: `Node ${version}, ES module, CommonJS and worker_threads`,
  group: 'Runtimes',
  async run() {
    const node = await engine(`node-${platform}-${arch}`, version, 'bin/node');
    for (const file of ['faces.mjs', 'faces.cjs', 'worker.mjs']) await program(node, file);
  },
}));

export const runtimes = [
  ...nodes,
  {
    name: 'worker-threads',
    title: 'worker_threads',
    group: 'Runtimes',
    run: () => program(process.execPath, 'worker.mjs'),
  },
  {
    name: 'bun',
    title: 'Bun 1.4.5',
    group: 'Runtimes',
    guide: 'frameworks#bun-and-deno',
    async run() {
      const bun = await engine(BUN, '1.4.5', 'bin/bun');
      for (const file of ['faces.mjs', 'faces.cjs']) await program(bun, file);
    },
  },
  {
    name: 'deno',
    title: 'Deno 2.9.6',
    group: 'Runtimes',
    guide: 'frameworks#bun-and-deno',
    async run() {
      const deno = await engine(DENO, '2.9.6', 'deno');
      const rights = ['run', '--allow-read', '--allow-env', '--allow-ffi', '--allow-sys'];
      await program(deno, 'faces.mjs', [...rights, '--node-modules-dir=manual']);
    },
  },
];
