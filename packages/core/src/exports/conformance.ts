/** Checks that any `Runtime` must pass, free of a test runner: its contract, and agreement with the reference. */
export {
  type Agreement,
  type AgreementSubject,
  agrees,
  measureAgreement,
  type TaskAgreement,
  TOLERANCE,
} from '../conformance/agreement.js';
export { compareResults, type ResultDifference } from '../conformance/compare.js';
export { type ContractCheck, contractChecks } from '../conformance/contract.js';
export { generatedPlugin } from '../conformance/generated-plugin.js';
export { referenceRuntime } from '../conformance/reference.js';
