import { entryPoints, publicPackages } from '../../tools/workspaces.mjs';

/** These pass on what others export. */
const LAST = ['@facexformer/tasks', 'facexformer'];

/** Every entry point of every public package is part of the reference. */
const entries = publicPackages()
  .flatMap(entryPoints)
  .filter(({ condition }) => condition === undefined)
  // An export belongs to the first package that has it.
  .sort((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name));

/** The browser's own methods, of which core names those that it calls. */
const CANVAS = [
  ...'save restore beginPath closePath moveTo lineTo arc arcTo fill stroke fillText measureText'.split(' '),
  ...'createImageData putImageData drawImage'.split(' '),
].map((name) => `@facexformer/core/draw.CanvasContext.${name}`);

/**
 * All packages in one program: with a program each, TypeDoc checks core once for every package that uses it.
 * @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions}
 */
export default {
  name: 'API reference',
  entryPoints: entries.map(({ source }) => source),
  packagesRequiringDocumentation: publicPackages().map(({ manifest }) => manifest.name),
  tsconfig: 'tsconfig.api.json',
  skipErrorChecking: true, // the step `types` does that
  excludeInternal: true,
  disableSources: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Enum', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  intentionallyNotDocumented: [
    ...CANVAS,
    '@facexformer/core/draw.CanvasLike.getContext',
    '@facexformer/core/draw.CanvasPixels.data.__type.set',
  ],
  plugin: ['./scripts/typedoc-names.mjs', 'typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  out: 'api',
  docsRoot: '.',
  readme: 'none',
  hidePageHeader: true,
  treatWarningsAsErrors: true,
};
