import { type ErrorCode, FaceXFormerError } from '@facexformer/core';

/** What is wrong with a call itself, rather than with its photo. */
export type CallErrorCode =
  | 'BAD_CALL' // not HTTP, or not the form that the route takes
  | 'CLOSING' // the server is ending
  | 'HEADERS_TOO_LARGE' // more than 16 KiB of them
  | 'INTERNAL' // a fault of ours
  | 'NO_TOKEN' // the bearer token is missing or wrong
  | 'NO_SUCH_ROUTE' // another method or path
  | 'TIMEOUT' // the photo took too long to arrive
  | 'TOO_LARGE' // more bytes than a photo may have
  | 'TOO_MANY_FACES' // more faces than a photo may have
  | 'UNSUPPORTED_TYPE'; // another Content-Type than those of photos

/** The status of every code. Of what has 500, callers learn no more than that. */
export const STATUS: Readonly<Record<CallErrorCode | ErrorCode, number>> = {
  ABORTED: 503,
  BAD_CALL: 400,
  BAD_CHECKPOINT: 500,
  BAD_IMAGE: 422,
  BAD_OPTION: 400,
  BAD_PICKLE: 500,
  BAD_TENSOR: 500,
  BUSY: 429,
  CLOSING: 503,
  CRASHED: 500,
  DEVICE_UNAVAILABLE: 500,
  DISPOSED: 503,
  DOWNLOAD_FAILED: 500,
  DUPLICATE_TASK: 500,
  GRAPH: 500,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  LOCKED: 500,
  MISSING_TENSOR: 500,
  NOT_FOUND: 500,
  NO_SUCH_ROUTE: 404,
  NO_TOKEN: 401,
  RUNTIME: 500,
  TASK_FAILED: 500,
  TIMEOUT: 408,
  TOO_LARGE: 413,
  TOO_MANY_FACES: 422,
  UNKNOWN_TASK: 400,
  UNREACHABLE: 500,
  UNSUPPORTED: 415,
  UNSUPPORTED_TYPE: 415,
  WRITE_FAILED: 500,
  WRONG_BASE: 500,
};

/** An error of a call, with a message for the caller. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;

  constructor(code: CallErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What Fastify and its plug-ins throw, by their codes. */
const OF_FASTIFY: readonly (readonly [theirs: string, code: CallErrorCode, message: string])[] = [
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'TOO_LARGE', 'the photo has more bytes than this server takes'],
  ['FST_REQ_FILE_TOO_LARGE', 'TOO_LARGE', 'the photo has more bytes than this server takes'],
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    'UNSUPPORTED_TYPE',
    'send the photo as image/* or application/octet-stream, or as the field "photo" of multipart/form-data',
  ],
  ['FST_FILES_LIMIT', 'BAD_CALL', 'the form has more than one file: send one photo'],
  ['FST_PARTS_LIMIT', 'BAD_CALL', 'the form must have one field, the file "photo"'],
  ['FST_FIELDS_LIMIT', 'BAD_CALL', 'the form must have one field, the file "photo"'],
  ['ECONNRESET', 'BAD_CALL', 'the caller left before the whole photo had arrived'],
];

/** What a caller is told of an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: { readonly code: CallErrorCode | ErrorCode; readonly message: string } };
}

/** The answer to an error of any kind. Messages of errors that are not the caller's stay in the log. */
export function answerTo(error: unknown): ErrorAnswer {
  if (FaceXFormerError.isInstance(error) || error instanceof CallError) {
    const status = STATUS[error.code] ?? 500;
    return answer(error.code, status === 500 ? INTERNAL : error.message);
  }
  const { code = '', statusCode = 500 } = error as { readonly code?: string; readonly statusCode?: number };
  const known = OF_FASTIFY.find(([theirs]) => code === theirs);
  if (known) return answer(known[1], known[2]);
  return statusCode < 500 ? answer('BAD_CALL', MALFORMED) : answer('INTERNAL', INTERNAL);
}

/** The answer with a code and a message. */
export const answer = (code: CallErrorCode | ErrorCode, message: string): ErrorAnswer => ({
  status: STATUS[code] ?? 500,
  body: { error: { code, message } },
});

/** The message of all that is not HTTP as it should be. */
export const MALFORMED = 'the call is malformed';
const INTERNAL = 'the server failed on this call; its log says why';
