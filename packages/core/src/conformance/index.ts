/** Checks that any `Runtime` must pass, free of a test runner: its contract, and agreement with the reference. */
export {
  type Agreement,
  type AgreementSubject,
  agrees,
  measureAgreement,
  type TaskAgreement,
  TOLERANCE,
} from './agreement.js';
export { compareResults, type ResultDifference } from './compare.js';
export { type ContractCheck, contractChecks } from './contract.js';
export { generatedPlugin } from './generated-plugin.js';
export { referenceRuntime } from './reference.js';
