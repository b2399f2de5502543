import { join } from 'node:path';

/**
 * Source file and import name of each entry point of a package.
 * @param {{ folder: string, manifest: { name: string, exports?: Record<string, unknown> } }} workspace
 * @returns {{ name: string, file: string }[]}
 */
export const sourceEntries = ({ folder, manifest }) =>
  Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const source = target?.['@facexformer/source'];
    if (!source) return [];
    return [{ name: manifest.name + path.slice(1), file: join(folder, source).replaceAll('\\', '/') }];
  });
