import { type ErrorCode, FaceXFormerError } from '@facexformer/core';
import { UnrecoverableError } from 'bullmq';

/** Errors of one photo that another attempt would not change. */
const FINAL = new Set<ErrorCode>(['BAD_IMAGE', 'BAD_OPTION', 'BAD_TENSOR', 'UNKNOWN_TASK', 'UNSUPPORTED']);

/** Errors of one photo that may pass. */
const PASSING = new Set<ErrorCode>(['BUSY', 'DOWNLOAD_FAILED', 'NOT_FOUND']);

/** Why a photo could not be analysed. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What BullMQ is told of an error that concerns the photo alone; undefined for one of the engine, the disk or the sink. */
export function jobErrorOf(error: unknown): Error | undefined {
  if (!FaceXFormerError.isInstance(error)) return undefined;
  const text = `${error.code}: ${error.message}`;
  if (FINAL.has(error.code)) return new UnrecoverableError(text);
  return PASSING.has(error.code) ? new Error(text) : undefined;
}

/** The failure in what BullMQ keeps of an error; without a code, BullMQ wrote it itself about a photo whose workers died. */
export function failureOf(reason = ''): Failure {
  const [, code, message] = /^([A-Z_]+): (.*)$/s.exec(reason) ?? [];
  if (message !== undefined && isCode(code)) return { code, message };
  return {
    code: 'RUNTIME',
    message: 'the worker was killed each time it had this photo: it may be the cause',
  };
}

const isCode = (code: string | undefined): code is ErrorCode =>
  [...FINAL, ...PASSING].some((known) => known === code);
