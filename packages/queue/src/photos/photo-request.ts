import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';
import { ANY_TEXT, checkOptions, kind, listOf, TEXT } from '@facexformer/core/arguments';
import { isRecord } from '@facexformer/core/formats';

/** A photo that is to be analysed. */
export interface PhotoRequest {
  /** A path, which every worker must find under the same name, a `file:` URL, or an http or https address. */
  readonly photo: string;
  /** A name of your own, which comes back with the result. The same photo under two of them is analysed twice. */
  readonly id?: string | number | undefined;
  /** These tasks only; by default all that the workers' model has. */
  readonly tasks?: readonly string[] | undefined;
}

/** A request as the queue keeps it: the same photo, id and tasks have the same key, however they were written. */
export interface PhotoJob {
  readonly key: string;
  readonly request: PhotoRequest;
}

const REQUEST = {
  photo: ANY_TEXT,
  id: kind('text or a number', (value) => typeof value === 'string' || Number.isFinite(value)),
  tasks: listOf(TEXT, 1),
};

/**
 * The request in its one spelling, and its key.
 * @throws {FaceXFormerError} `BAD_OPTION` for what is neither a path nor an address that can be fetched.
 */
export function photoJob(asked: PhotoRequest): PhotoJob {
  checkOptions('queue.add', asked, REQUEST, ['photo']);
  const { photo, id, tasks } = asked;
  const request = {
    photo: normalPhoto(photo),
    ...(id !== undefined && { id }),
    ...(tasks && { tasks: [...new Set(tasks)].sort() }),
  };
  const hash = createHash('sha256').update(
    JSON.stringify([request.photo, id ?? null, request.tasks ?? null]),
  );
  return { key: hash.digest().subarray(0, 16).toString('base64url'), request };
}

/** Whether what a job holds is a request: everybody who may write to Redis can add jobs. */
export const isRequest = (data: unknown): data is PhotoRequest =>
  isRecord(data) &&
  data.photo !== undefined &&
  Object.entries(REQUEST).every(([name, check]) => data[name] === undefined || check.fits(data[name]));

/** Whether a photo has to be fetched. */
export const isAddress = (photo: string): boolean => /^https?:\/\//i.test(photo);

function normalPhoto(photo: string): string {
  if (photo === '' || photo.includes('\0')) throw bad('a photo needs a path or an address');
  if (/^file:/i.test(photo)) return fromFileUrl(photo);
  if (/^data:|^[a-z][a-z0-9+.-]*:\/\//i.test(photo)) return normalAddress(photo);
  return resolve(photo);
}

function fromFileUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch (cause) {
    throw bad('a file: URL names no file of this machine', cause);
  }
}

function normalAddress(text: string): string {
  const url = isAddress(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw bad(`a photo's address starts with http:// or https://, not "${text.slice(0, 12)}"`);
  if (url.username || url.password)
    throw bad(`the address at ${url.host} holds a password, which results would repeat`);
  url.hash = '';
  return url.href;
}

const bad = (message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', message, { cause });
