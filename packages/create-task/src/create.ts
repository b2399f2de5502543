import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Mistake } from './mistake.js';
import type { Plan } from './plan.js';

const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../package.json', import.meta.url));

/**
 * Writes a package: the files that all packages share, and those of its kind.
 * @param folder created if necessary, in one that exists; refused if it is not empty
 * @returns the files written, relative to `folder`
 * @throws {Mistake} when the folder is not empty or cannot be written.
 */
export function createPackage(plan: Plan, folder: string): readonly string[] {
  requireEmpty(folder);
  const files = ['common', plan.kind].flatMap((part) => filesUnder(join(TEMPLATE, part)));
  try {
    // Not with `recursive`, which never returns where the system refuses, as in /proc.
    if (!existsSync(folder)) mkdirSync(folder);
    return files
      .map(({ path, text }) => {
        const target = fill(nameOf(path), plan);
        mkdirSync(dirname(join(folder, target)), { recursive: true });
        writeFileSync(
          join(folder, target),
          target === 'package.json' ? manifest(fill(text, plan)) : fill(text, plan),
        );
        return target.split(sep).join('/');
      })
      .sort();
  } catch (cause) {
    throw new Mistake(`${folder} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

function requireEmpty(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) throw new Mistake(`${folder} exists and is not a folder: choose another name`);
  if (readdirSync(folder).length > 0) {
    throw new Mistake(`${folder} is not empty, and nothing is overwritten: choose another name or remove it`);
  }
}

const filesUnder = (folder: string): readonly { readonly path: string; readonly text: string }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(folder.length + 1), text: readFileSync(path, 'utf8') };
    });

/** npm leaves out or misreads some file names in a package: a leading underscore hides them, and becomes a dot (in `_package.json`, nothing). */
const nameOf = (path: string): string =>
  path === '_package.json' ? 'package.json' : path.replace(/(^|[/\\])_(?=[a-z])/g, '$1.');

/** Replaces the template's marks, such as `__task__`, by the plan's names. */
function fill(text: string, { name, task, labels }: Plan): string {
  const words: Readonly<Record<string, string>> = {
    "'__labels__'": labels.map((label) => `'${label}'`).join(', '),
    __labels__: labels.join(', '),
    __columns__: labels.join(','),
    __firstLabel__: labels[0] ?? '',
    __lastLabel__: labels.at(-1) ?? '',
    __package__: name,
    __task__: task,
    __Task__: task[0]!.toUpperCase() + task.slice(1),
    __year__: String(new Date().getFullYear()),
  };
  return text.replace(/'__labels__'|__[a-zA-Z]+?__/g, (mark) => words[mark] ?? mark);
}

/** Sets our packages to the versions that this one was released with. */
function manifest(text: string): string {
  const { devDependencies: versions } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<
    'devDependencies',
    Readonly<Record<string, string>>
  >;
  return text.replace(
    /"(@facexformer\/[a-z-]+)": "\*"/g,
    (_, name: string) => `"${name}": "${versions[name]}"`,
  );
}
