/**
 * What may import what (`node tools/check.mjs architecture`): no cycle of files or folders, types included; packages
 * and the folders of core in one order; no import that a package's manifest does not name.
 */
import { relative } from 'node:path';
import { packages } from './tools/workspaces.mjs';

const root = import.meta.dirname;

/** Each line may import the lines above it. */
const PACKAGES = [
  ['core', 'statistics'],
  ['tasks/(?!preset/)[^/]+', 'autodiff', 'files', 'detector', 'runtime-web', 'model-mini'],
  ['tasks/preset', 'runtime-node'],
  ['data', 'queue'],
  ['eval'],
  ['train'],
  ['server'],
  ['cli', 'create-task', 'test-utils'],
  ['facexformer'],
];

/** The folders of core: each may import those before it. */
const LAYERS =
  'base formats graph image task model checkpoint plugin runtime face stream draw analyzer remote conformance exports'.split(
    ' ',
  );

/** Drawing needs results and pixels, and nothing that runs a model. */
const DRAW = ['base', 'image', 'task', 'face', 'draw'];

const src = (names) => `^packages/(${names.join('|')})/src/`;
const layers = (names) => `^packages/core/src/(${names.join('|')})/`;

const packageOrder = PACKAGES.map((line, index) => ({
  name: `package-order-${index}`,
  comment: `${line.join(', ')} may import ${PACKAGES.slice(0, index).flat().join(', ') || 'no other package'}`,
  severity: 'error',
  from: { path: src(line) },
  to: { path: src(PACKAGES.slice(index).flat()), pathNot: '^packages/$1/' },
}));

const layerOrder = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `layer-order-${layer}`,
  comment: `core/src/${layer} may import ${LAYERS.slice(0, index).join(', ') || 'no other folder'}`,
  severity: 'error',
  from: { path: layers([layer]) },
  to: { path: layers(LAYERS.slice(index + 1)) },
}));

const declared = packages().map(({ folder, manifest }) => {
  const home = `^${relative(root, folder).replaceAll('\\', '/')}/`;
  const named = packages()
    .filter((other) => other.manifest.name in { ...manifest.dependencies, ...manifest.peerDependencies })
    .map((other) => `^${relative(root, other.folder).replaceAll('\\', '/')}/`);
  return {
    name: `declared-${manifest.name}`,
    comment: `${manifest.name} imports what its dependencies name`,
    severity: 'error',
    from: { path: `${home}src/` },
    to: { path: '^packages/', pathNot: [home, ...named] },
  };
});

export default {
  forbidden: [
    {
      name: 'no-file-cycle',
      comment: 'two files that need each other are one, or need a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-folder-cycle',
      comment: 'two folders that need each other have no order',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'known-layer',
      comment: 'a new folder of core needs its place in LAYERS',
      severity: 'error',
      from: { path: '^packages/core/src/[^/]+/', pathNot: layers(LAYERS) },
      to: {},
    },
    {
      name: 'known-package',
      comment: 'a new package needs its place in PACKAGES',
      severity: 'error',
      from: { path: '^packages/.*/src/', pathNot: src(PACKAGES.flat()) },
      to: {},
    },
    {
      name: 'draw-on-top',
      comment: `core/src/draw may import ${DRAW.join(', ')}`,
      severity: 'error',
      from: { path: layers(['draw']) },
      to: { path: '^packages/core/src/', pathNot: layers(DRAW) },
    },
    {
      name: 'no-import-of-index',
      comment: 'an index is for other packages',
      severity: 'error',
      from: { path: '^packages/(.+)/src/' },
      to: { path: '^packages/$1/src/index\\.ts$' },
    },
    {
      name: 'declared-npm',
      comment: 'what is published imports dependencies, not devDependencies',
      severity: 'error',
      from: { pathNot: '^packages/test-utils/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...packageOrder,
    ...layerOrder,
    ...declared,
  ],
  options: {
    doNotFollow: 'node_modules|/generated/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@facexformer/source', 'import', 'types', 'default'],
    },
  },
};
