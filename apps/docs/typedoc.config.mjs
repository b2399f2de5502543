import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../../tools/workspaces.mjs';

/** Every public package with a programming interface is part of the reference. */
const packages = publicPackages().filter(({ folder }) => existsSync(join(folder, 'src/index.ts')));

/**
 * All packages in one program: with a program each, TypeDoc checks core once for every package that uses it.
 * @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions}
 */
export default {
  name: 'API reference',
  entryPoints: packages.map(({ folder }) => join(folder, 'src/index.ts')),
  packagesRequiringDocumentation: packages.map(({ manifest }) => manifest.name),
  tsconfig: 'tsconfig.api.json',
  skipErrorChecking: true, // the step `types` does that
  excludeInternal: true,
  disableSources: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Enum', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  plugin: ['./scripts/typedoc-names.mjs', 'typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  out: 'api',
  docsRoot: '.',
  readme: 'none',
  hidePageHeader: true,
  treatWarningsAsErrors: true,
};
