import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPackage } from '../src/create.js';
import { kinds, planPackage } from '../src/plan.js';

const repository = join(import.meta.dirname, '../../..');
/** A package of each kind, with the repository's packages and tools; tools/pack-test has the packed ones. */
const site = mkdtempSync(join(tmpdir(), 'create-task-'));
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(process.execPath, [join(repository, 'node_modules', command), ...args], {
    cwd: site,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

beforeAll(() => {
  symlinkSync(join(repository, 'node_modules'), join(site, 'node_modules'), 'junction');
  for (const kind of kinds) {
    createPackage(planPackage({ name: `task-own-${kind.toLowerCase()}`, kind }), join(site, kind));
  }
});
afterAll(() => rmSync(site, { recursive: true }));

describe('template', () => {
  it('leaves no mark behind', () => {
    for (const kind of kinds) {
      for (const path of createPackage(
        planPackage({ name: 'task-marks', kind }),
        join(site, `marks-${kind}`),
      )) {
        const text = path + readFileSync(join(site, `marks-${kind}`, path), 'utf8');
        expect(text, path).not.toMatch(/__[a-zA-Z]+__/);
      }
      rmSync(join(site, `marks-${kind}`), { recursive: true });
    }
  });

  it('type-checks in every kind', () => {
    const options = { customConditions: ['@facexformer/source'], ignoreDeprecations: '6.0' };
    writeFileSync(
      join(site, 'tsconfig.json'),
      JSON.stringify({
        extends: './classify/tsconfig.json',
        compilerOptions: options,
        include: ['*/src', '*/test'],
      }),
    );
    expect(run('typescript/bin/tsc', '-p', '.')).toBe('');
  }, 120_000);

  it('builds and packs what its manifest promises', () => {
    run(
      'typescript/bin/tsc',
      '-p',
      'classify/tsconfig.build.json',
      '--noCheck',
      '--noResolve',
      '--declaration',
      'false',
    );
    const folder = join(site, 'classify');
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(packed) as [{ files: readonly { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'MODEL_CARD.md',
        'README.md',
        'dist/index.js',
        'package.json',
        'src/index.ts',
      ]),
    );
    expect(paths.filter((path) => /^(test|photos|training|\.)/.test(path))).toEqual([]);
  });

  it('passes its own tests in every kind', () => {
    const conditions = ['@facexformer/source'];
    const config = {
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: conditions } },
      test: {
        include: ['*/test/*.test.ts'],
        testTimeout: 60_000,
        reporters: ['json'],
        isolate: false,
        fileParallelism: false,
      },
    };
    writeFileSync(join(site, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};`);
    const said = run('vitest/vitest.mjs', 'run');
    const { numPassedTests, numFailedTests } = JSON.parse(said.slice(said.indexOf('{')));
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(10 * kinds.length);
  }, 180_000);
});
