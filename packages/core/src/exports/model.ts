/** FaceXFormer as a graph: backbone, fusion, FaceX decoder and heads; a checkpoint with its tasks, opened on a runtime. */
export { cropFace, locateFaces } from '../face/crops.js';
export {
  modelBuilder,
  type Network,
  type NetworkOptions,
  type Networks,
  openNetworks,
} from '../face/networks.js';
export type { Memory } from '../model/attention.js';
export { type BuildOptions, buildModel, IMAGE_INPUT, type ModelGraph } from '../model/build.js';
export type * from '../model/config.js';
export type { DecoderMemory } from '../model/decoder.js';
export type { FeatureMap } from '../model/feature-map.js';
export { buildPlugin, type FrozenFeatures } from '../model/plugin-graph.js';
export { type AssembledModel, assembleModel } from '../plugin/assemble-model.js';
