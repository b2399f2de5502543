import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../../tools/workspaces.mjs';

/** Every public package with a programming interface is part of the reference. */
const entryPoints = publicPackages()
  .map(({ folder }) => folder)
  .filter((folder) => existsSync(join(folder, 'src/index.ts')));

/** @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions} */
export default {
  name: 'API reference',
  entryPointStrategy: 'packages',
  entryPoints,
  packageOptions: {
    entryPoints: ['src/index.ts'],
    includeVersion: true,
    excludeInternal: true,
    disableSources: true,
    readme: 'none',
    validation: { notExported: true, invalidLink: true, notDocumented: true },
    requiredToBeDocumented: ['Enum', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  },
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  out: 'api',
  docsRoot: '.',
  readme: 'none',
  hidePageHeader: true,
  treatWarningsAsErrors: true,
};
