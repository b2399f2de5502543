/** What the codes of Node and its fetch mean. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_SOCKET: 'the connection was cut',
};

/** Why a request failed, in a few words: what lies below the "fetch failed" of Node. */
export function networkReason(error: unknown): string {
  const { code, message } = innermost(error);
  const reason = (code && REASONS[code]) ?? message;
  return `${reason}${code ? ` (${code})` : ''}`;
}

function innermost(error: unknown): { readonly code: string | undefined; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  if (error.cause !== undefined) return innermost(error.cause);
  return { code: (error as NodeJS.ErrnoException).code, message: error.message };
}
