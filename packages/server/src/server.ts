import { FaceXFormerError } from '@facexformer/core';
import { ANY_TEXT, checkOptions, FLAG, kind, NUMBER, OBJECT } from '@facexformer/core/arguments';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { answerSocket } from './answer-socket.js';
import { bearerCheck, isLoopback } from './bearer-token.js';
import { CallError } from './call-error.js';
import { checkLimits } from './call-limits.js';
import { openCalls } from './calls.js';
import { answerError, registerPhotos } from './face-routes.js';
import { serverMetrics } from './metrics.js';
import { ANALYZER, type FaceRoutesOptions } from './options.js';
import { PROBES } from './schemas.js';

type Logger = NonNullable<FastifyServerOptions['logger']>;

/** Choices of {@link createServer}. */
export interface FaceServerOptions extends FaceRoutesOptions {
  /**
   * What callers must send as `Authorization: Bearer <token>`, but for `/healthz` and `/readyz`. At least 16 characters;
   * needed to listen elsewhere than on loopback.
   */
  readonly token?: string | undefined;
  /** Seconds that a photo may take to arrive, and an answer to be taken. Default 60. */
  readonly clientSeconds?: number;
  /** As in Fastify: a level and a stream, or a logger. Default: no log. */
  readonly logger?: Logger;
}

/** Where a server listens. */
export interface ListenOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. Default 8080. */
  readonly port?: number;
}

/** Analyses photos over HTTP. */
export interface FaceServer {
  /** For more routes and hooks of your own, and for `inject` in tests. */
  readonly app: FastifyInstance;
  /**
   * Listens, and resolves to the server's address.
   * @throws {FaceXFormerError} `BAD_OPTION` for another host than loopback without a token. What the system says of
   * the port is thrown as it is.
   */
  listen(where?: ListenOptions): Promise<string>;
  /** Takes no more calls in, answers those that it has, and ends. The analyzer stays open. */
  close(): Promise<void>;
}

const SERVER_OPTIONS = {
  analyzer: ANALYZER,
  limits: OBJECT,
  metrics: OBJECT,
  token: ANY_TEXT,
  // what the timers of Node can hold
  clientSeconds: kind(
    'seconds, above 0 and up to a million',
    (value) => NUMBER.fits(value) && Number(value) > 0 && Number(value) <= 1e6,
  ),
  logger: kind('a logger, true or false', (value) => FLAG.fits(value) || OBJECT.fits(value)),
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route needs no token. */
    open?: boolean;
  }
}

/**
 * A server with `POST /analyze`, `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.
 *
 * ```ts
 * const server = await createServer({ analyzer: await openFaceAnalyzer() });
 * console.log(await server.listen({ port: 8080 }));
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export async function createServer(options: FaceServerOptions): Promise<FaceServer> {
  checkOptions('createServer', options, SERVER_OPTIONS, ['analyzer']);
  const { token, clientSeconds = 60, logger = false, metrics = serverMetrics() } = options;
  const isAllowed = token === undefined ? () => true : bearerCheck(token);
  const calls = openCalls(checkLimits(options.limits));
  const milliseconds = Math.ceil(clientSeconds * 1000);
  const app = Fastify({
    logger: withoutContent(logger),
    requestTimeout: milliseconds,
    // Node takes the shorter of the two for the head, the longer for the rest, and looks at them this often.
    http: { headersTimeout: milliseconds, connectionsCheckingInterval: Math.min(30_000, milliseconds) },
    pluginTimeout: 0, // else `preClose` waits for ten seconds, and calls that take longer are lost
    forceCloseConnections: true, // `preClose` has waited for the calls by then
    return503OnClosing: false, // they are refused as all others
    frameworkErrors: answerError,
    clientErrorHandler: answerSocket,
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw new CallError('NO_SUCH_ROUTE', 'there is no such route: /openapi.json lists them');
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.open || isAllowed(request.headers.authorization)) return;
    reply.header('www-authenticate', 'Bearer');
    throw new CallError('NO_TOKEN', 'send the token of this server as "Authorization: Bearer <token>"');
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.raw.setTimeout(milliseconds, () => reply.raw.destroy());
    if (calls.closing) reply.header('connection', 'close');
  });
  await app.register(swagger, { openapi: openapi(token !== undefined) });
  await app.register(async (routes) => registerPhotos(routes, { ...options, metrics }, calls));

  app.get('/healthz', { schema: PROBES.health, config: { open: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: PROBES.ready, config: { open: true } }, async () => {
    if (calls.closing)
      throw new CallError('CLOSING', 'the server is ending: call another one, or this one later');
    return { status: 'ready' };
  });
  app.get('/metrics', { schema: PROBES.metrics }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.ready();

  return {
    app,
    async listen({ host = '127.0.0.1', port = 8080 } = {}) {
      if (token === undefined && !isLoopback(host)) {
        throw new FaceXFormerError(
          'BAD_OPTION',
          `a server that listens on "${host}" is reached from elsewhere and needs a token: FACEXFORMER_TOKEN of the command`,
        );
      }
      return app.listen({ host, port });
    },
    close: () => app.close(),
  };
}

/** The description without its routes. */
const openapi = (withToken: boolean) => ({
  openapi: '3.1.0',
  info: {
    title: 'FaceXFormer',
    description: 'Everything about the faces of a photo. Lengths are photo pixels, angles degrees.',
    version: '1',
  },
  ...(withToken && {
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } as const } },
    security: [{ token: [] }],
  }),
});

/** Of a call the log has the route, and neither addresses with their parameters nor headers. */
function withoutContent(logger: Logger): Logger {
  if (!logger) return false;
  return {
    ...(logger === true ? {} : logger),
    serializers: {
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? 'none' }),
    },
  };
}
