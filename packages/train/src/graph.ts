export { normal, permutation, random } from './augment/random.js';
export { gradients, pullBack } from './gradient/gradients.js';
export { type AdamPlan, adamStep, corrections } from './step/adam.js';
export { absolute, binaryCrossEntropy, crossEntropy, maskedMean } from './step/losses.js';
export {
  initialValues,
  type ParameterSlot,
  parameterList,
  parametersFrom,
  parameterVector,
  partsOf,
} from './step/parameters.js';
export { bySteps, learningRate, type Schedule } from './trainer/schedule.js';
