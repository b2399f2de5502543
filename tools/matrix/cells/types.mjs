/** What the declarations promise, under every TypeScript from 5.4 on, strict and without `skipLibCheck`. */
import { bin, makeApp, run } from '../workplace.mjs';

const VERSIONS = ['5.4.5', '5.9.3', '6.0.3', '7.0.2'];
const RESOLUTIONS = { nodenext: 'nodenext', bundler: 'esnext' };

export const types = VERSIONS.map((version) => ({
  name: `typescript-${version.split('.').slice(0, 2).join('.')}`,
  title: `TypeScript ${version}, nodenext and bundler`,
  group: 'Types',
  async run() {
    const app = await makeApp(`typescript-${version}`, {
      from: 'tools/pack-test/app',
      dependencies: {
        typescript: version,
        '@types/node': '20.19.43',
        '@facexformer/core': '*',
        '@facexformer/runtime-node': '*',
        '@facexformer/tasks': '*',
        '@facexformer/detector': '*',
        '@facexformer/model-mini': '*',
      },
    });
    for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
      const options = {
        module,
        moduleResolution,
        target: 'es2022',
        lib: 'es2022,esnext.disposable',
        types: 'node',
      };
      const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
      await run(bin(app, 'tsc'), ['--noEmit', '--strict', ...flags, 'use.mts', 'types.mts'], { cwd: app });
    }
  },
}));
