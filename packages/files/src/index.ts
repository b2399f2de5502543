export { appendLines, type LineAppender } from './append-lines.js';
export { checkOutputs, probeOutput } from './check-outputs.js';
export { type Lock, lockFile } from './lock-file.js';
export { makeFolder } from './make-folder.js';
export { refuseOverwrite } from './refuse-overwrite.js';
export { type ResumableFile, resumeFile } from './resume-file.js';
export { sweep } from './temporary.js';
export type { Chunk } from './write-all.js';
export { type Content, type WriteOptions, writeFile } from './write-file.js';
