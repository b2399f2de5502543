import type { FastifyRequest } from 'fastify';
import { CallError } from './call-error.js';

/** The field of a form that holds the photo. */
const FIELD = 'photo';

/**
 * The encoded photo of a call: its body, or the only file of its form.
 * @throws {CallError} `BAD_CALL` for another form; what Fastify throws for too many bytes.
 */
export async function photoOf(request: FastifyRequest, maxBytes: number): Promise<Uint8Array> {
  if (!request.isMultipart()) {
    if (request.body instanceof Uint8Array) return request.body;
    throw new CallError('BAD_CALL', 'the call has no body: send a photo');
  }
  try {
    return await fileOf(request, maxBytes);
  } catch (error) {
    const isKnown = error instanceof CallError || (error as { readonly code?: string }).code !== undefined;
    throw isKnown
      ? error
      : new CallError('BAD_CALL', 'the form is malformed: send multipart/form-data with one file, "photo"'); // the parser of forms has no codes
  }
}

async function fileOf(request: FastifyRequest, maxBytes: number): Promise<Uint8Array> {
  let photo: Uint8Array | undefined;
  // Only by asking for the next one is a second file found.
  const limits = { fileSize: maxBytes, files: 1, fields: 0, parts: 2, headerPairs: 20 };
  for await (const part of request.files({ limits })) {
    if (part.fieldname !== FIELD) throw wrongForm();
    photo = await part.toBuffer();
  }
  if (!photo) throw wrongForm();
  return photo;
}

const wrongForm = (): CallError =>
  new CallError('BAD_CALL', `the form must have one file, as field "${FIELD}"`);
