/** What holds for the repository as a whole. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packages } from '../tools/workspaces.mjs';

const root = join(import.meta.dirname, '..');

describe('the index of decisions', () => {
  const folder = join(root, 'docs/decisions');
  const index = readFileSync(join(folder, 'README.md'), 'utf8');
  const files = readdirSync(folder).filter((name) => name !== 'README.md');

  it('lists every decision once, in order', () => {
    const links = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links).toEqual(files.sort());
  });

  it('calls each by its number and title', () => {
    for (const file of files) {
      const [heading = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
      expect(heading, file).toMatch(/^# \d{4} \S/);
      expect(index).toContain(`[${heading.slice(2)}](${file})`);
      expect(heading.slice(2, 6), file).toBe(file.slice(0, 4));
    }
  });
});

it('core exports what an application needs, and not much more', () => {
  const index = readFileSync(join(root, 'packages/core/src/index.ts'), 'utf8');
  const names = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) =>
    list!.split(',').filter((name) => name.trim() !== ''),
  );
  expect(names.length).toBeLessThanOrEqual(90);
});

it.each(packages())('$manifest.name says where its code and its issues are', ({ folder, manifest }) => {
  const { repository, bugs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const directory = relative(root, folder).replaceAll('\\', '/');
  expect(manifest.repository).toEqual({ ...repository, directory });
  expect(manifest.bugs).toBe(bugs);
});

it.each(packages())('$manifest.name has no configuration of its own', ({ folder }) => {
  expect(readdirSync(folder).filter((name) => /^tsconfig|^tsup\.|^vitest\./.test(name))).toEqual([]);
});

describe.each(packages())('the names of $manifest.name', ({ folder }) => {
  const filesIn = (name: string): readonly string[] =>
    existsSync(join(folder, name))
      ? readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
          .map((file) => file.replaceAll('\\', '/'))
          .filter((file) => file.endsWith('.ts'))
      : [];
  const sources = filesIn('src');

  it('are kebab-case, and no two files have the same', () => {
    const names = sources.filter((file) => !file.startsWith('exports/')).map((file) => basename(file));
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).toEqual([]);
    const taken = names.filter((name, i) => name !== 'index.ts' && names.indexOf(name) !== i);
    expect(taken).toEqual([]);
  });

  it('are those of the sources for tests, or lie beside these', () => {
    const tests = filesIn('test').filter((file) => /\.(test|test-d|browser)\.ts$/.test(file));
    const homeless = tests.filter((file) => !existsSync(join(folder, 'src', dirname(file))));
    expect(homeless).toEqual([]);
  });

  it('are in lower case at the start of errors, which end without a full stop', () => {
    const wrong = sources.flatMap((file) =>
      [...readFileSync(join(folder, 'src', file), 'utf8').matchAll(/Error\(\s*'[A-Z_]+',\s*(['"`])(.*?)\1/g)]
        .map(([, , message = '']) => message)
        .filter((message) => /^[A-Z][a-z]*\s|^invalid\b|\.$/.test(message)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('scripts of the repository', () => {
  const scripts = ['bench', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.m?[jt]s$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  /** Paths in quotes, from the script's folder or from the root. */
  const PATH = /'((?:\.{1,2}|bench|examples|fixtures|packages|test|tools|training)\/[\w./-]+\.[a-z]+)'/g;
  /** What a build writes. */
  const BUILT = /\/(?:dist|generated|\.cache|\.vitepress)\//;

  it('name files that exist', () => {
    const exists = (path: string) => [path, path.replace(/\.js$/, '.ts')].some((file) => existsSync(file));
    const missing = scripts.flatMap((script) =>
      [...readFileSync(join(root, script), 'utf8').matchAll(PATH)]
        .map(([, path = '']) => path)
        .filter((path) => !BUILT.test(path))
        .filter((path) => !exists(join(root, dirname(script), path)) && !exists(join(root, path)))
        .map((path) => `${script}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
