import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Every package: folder and package.json of each. */
export function packages() {
  const folders = ['packages', 'packages/tasks'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
  return folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }));
}

/** The packages that are published. */
export const publicPackages = () => packages().filter(({ manifest }) => !manifest.private);

const CONDITIONS = ['browser', 'node'];

/**
 * The entry points of a package: how it is imported, its source, and the name of its files in `dist`. One that is
 * another file in browsers, or in Node, is two, with the condition of the second.
 * @param {{ folder: string, manifest: { name: string, exports?: Record<string, any> } }} workspace
 * @returns {{ name: string, source: string, output: string, condition?: 'browser' | 'node' }[]}
 */
export const entryPoints = ({ folder, manifest }) =>
  Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    [target, ...CONDITIONS.map((condition) => ({ ...target[condition], condition }))].flatMap(
      ({ '@facexformer/source': source, import: module, condition }) => {
        if (!source) return [];
        const output = module.default.replace(/^\.\/dist\/|\.js$/g, '');
        return [
          {
            name: manifest.name + path.slice(1),
            source: join(folder, source).replaceAll('\\', '/'),
            output,
            ...(condition && { condition }),
          },
        ];
      },
    ),
  );
