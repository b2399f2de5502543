/** Test runners, which have ways of their own to load code. */
import { bin, makeApp, run } from '../workplace.mjs';

const jestApp = () => makeApp('jest', { from: 'tools/matrix/apps/tests', dependencies: { jest: '30.5.2' } });

export const tests = [
  {
    name: 'jest-cjs',
    title: 'Jest 30.5.2, CommonJS',
    group: 'Test runners',
    guide: 'tests',
    run: async () => {
      const app = await jestApp();
      await run(bin(app, 'jest'), ['faces.test.js'], { cwd: app });
    },
  },
  {
    name: 'jest-esm',
    title: 'Jest 30.5.2, ES modules',
    group: 'Test runners',
    guide: 'tests',
    run: async () => {
      const env = { NODE_OPTIONS: '--experimental-vm-modules' };
      const app = await jestApp();
      await run(bin(app, 'jest'), ['--testMatch', '**/*.test.mjs'], { cwd: app, env });
    },
  },
  {
    name: 'vitest',
    title: 'Vitest 5.1.2',
    group: 'Test runners',
    guide: 'tests',
    run: async () => {
      const app = await makeApp('vitest', {
        from: 'tools/matrix/apps/tests',
        dependencies: { vitest: '5.1.2', vite: '8.3.8' },
      });
      await run(bin(app, 'vitest'), ['run', '--globals', 'faces.test.mjs'], { cwd: app });
    },
  },
];
