export { appendLines, type LineAppender } from './append-lines.js';
export { checkOutputs, probeOutput } from './check-outputs.js';
export { type Lock, lockFile } from './lock-file.js';
export { writesThrough } from './place.js';
export { type ResumableFile, resumeFile } from './resume-file.js';
export type { Chunk } from './write-all.js';
export { type Content, type WriteOptions, writeFile, writeFiles } from './write-file.js';
