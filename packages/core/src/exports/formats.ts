/** Readers and writers of the files that weights come in. */
export { parseJson, parseObject } from '../base/json.js';
export { type Fields, isRecord, kindOf } from '../base/record.js';
export { parseInfo } from '../checkpoint/info.js';
export { halfToFloat, narrow, widen } from '../formats/dtype.js';
export { readSafetensorsHeader, type SafetensorsHeader } from '../formats/read-safetensors.js';
export { type Sha256, sha256 } from '../formats/sha256.js';
export type { StoredDtype, StoredRange, TensorEntry } from '../formats/tensor-entry.js';
export {
  encodeSafetensors,
  type StoredTensor,
  type TensorPlan,
  writeSafetensors,
} from '../formats/write-safetensors.js';
