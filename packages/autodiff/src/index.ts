/** Derivatives of core's graphs, the optimiser, losses and start values: what training is made of. */
export { describeGraph, type GraphDescription } from './describe.js';
export { gradients } from './gradient/gradients.js';
export { lossOf, maskedMean } from './losses.js';
export { type AdamPlan, adamStep, BETAS, corrections } from './optimizer/adam.js';
export {
  collectParameters,
  type DeclaredParameter,
  decays,
  initialValues,
  initialVector,
  type ModelParameters,
  namedTensors,
  type ParameterSlot,
  parametersFrom,
  parameterVector,
  partsOf,
} from './parameters.js';
