/** Checks that any `Runtime` and any `Task` must pass, free of a test runner, and agreement with the reference. */
export {
  type Agreement,
  type AgreementSubject,
  agrees,
  measureAgreement,
  type TaskAgreement,
  TOLERANCE,
} from '../conformance/agreement.js';
export type { ResultDifference } from '../conformance/compare.js';
export { type ContractCheck, contractChecks } from '../conformance/contract.js';
export { generatedPlugin } from '../conformance/generated-plugin.js';
export { referenceRuntime } from '../conformance/reference.js';
export type { TaskCheck } from '../conformance/task/check.js';
export { smallHeadContext, type TaskExamples } from '../conformance/task/subject.js';
export { taskChecks } from '../conformance/task/task-checks.js';
