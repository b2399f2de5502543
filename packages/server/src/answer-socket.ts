import type { Socket } from 'node:net';
import { answer, type ErrorAnswer, MALFORMED } from './call-error.js';

/** Answers what never became a call. */
export function answerSocket(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, body } = ofSocket(error.code);
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
      `Connection: close\r\n\r\n${text}`,
  );
}

function ofSocket(code: string | undefined): ErrorAnswer {
  if (code === 'HPE_HEADER_OVERFLOW') return answer('HEADERS_TOO_LARGE', 'the headers have more than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return answer('TIMEOUT', 'the photo took too long to arrive');
  return answer('BAD_CALL', MALFORMED);
}
