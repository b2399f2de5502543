export type { FetchRules } from './addresses/fetch-rules.js';
export type { Failure } from './failure.js';
export { parseRequests } from './photos/parse-requests.js';
export type { PhotoRequest } from './photos/photo-request.js';
export {
  type Added,
  type AddOptions,
  type DeadPhoto,
  openQueue,
  type PhotoQueue,
  type QueueCounts,
  type QueueOptions,
} from './queue.js';
export type { Say } from './redis/connect.js';
export type { Settings } from './redis/settings.js';
export { type Merged, mergeShards } from './results/merge-shards.js';
export type { PhotoRecord } from './results/photo-record.js';
export { readResults } from './results/read-shards.js';
export type { ResultSink } from './results/result-sink.js';
export { openShard } from './results/shard-sink.js';
export { openWorker, type PhotoOutcome, type QueueWorker, type WorkerOptions } from './worker.js';
