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
  return `${reason}${code ? ` (${code})` : ''}${proxyHint()}`;
}

function innermost(error: unknown): { readonly code: string | undefined; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  if (error.cause !== undefined) return innermost(error.cause);
  return { code: (error as NodeJS.ErrnoException).code, message: error.message };
}

/** Node's fetch does not use a proxy unless it is told to. */
function proxyHint(): string {
  const { env } = process;
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
  const name = env.NODE_USE_ENV_PROXY ? undefined : names.find((candidate) => env[candidate]);
  return name ? `; ${name} counts only with NODE_USE_ENV_PROXY=1 and Node 22.21 or 24` : '';
}
