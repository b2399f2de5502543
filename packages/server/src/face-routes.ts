import { finished } from 'node:stream';
import { demand } from '@facexformer/core/arguments';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { analyzePhoto, drawAnswer, failedTasks, photoAnswer } from './analyze-photo.js';
import { answerTo } from './call-error.js';
import { checkLimits } from './call-limits.js';
import { type Calls, openCalls } from './calls.js';
import { ANALYZER, type FaceRoutesOptions } from './options.js';
import { photoOf } from './photo.js';
import { readQuery } from './query.js';
import { photoSchema } from './schemas.js';

/** Seconds after which a call that was refused for too many others may try again. */
const RETRY_AFTER = 1;

/** How nginx calls a caller who left before the answer. */
const LEFT = 499;

/**
 * The route `POST /analyze` as a Fastify plug-in, for an application of your own: register it with a prefix, below your
 * authentication.
 *
 * ```ts
 * await app.register(faceRoutes, { prefix: '/faces', analyzer });
 * ```
 * It answers errors as `{ error: { code, message } }`, takes photos only, and when the application closes it takes no
 * more calls in and ends those that it has. Fastify waits for that as long as its option `pluginTimeout` says: 0 is for
 * as long as it takes, the default ten seconds.
 * @throws {FaceXFormerError} `BAD_OPTION` for an impossible limit.
 */
export async function faceRoutes(app: FastifyInstance, options: FaceRoutesOptions): Promise<void> {
  registerPhotos(app, options, openCalls(checkLimits(options.limits)));
}

/** The routes on calls that the caller may look at. */
export function registerPhotos(app: FastifyInstance, options: FaceRoutesOptions, calls: Calls): void {
  const { metrics } = options;
  const analyzer = demand(options.analyzer, ANALYZER, 'faceRoutes: analyzer');
  const limits = checkLimits(options.limits);
  metrics?.watch(calls);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^(image\/|application\/octet-stream)/,
    { parseAs: 'buffer', bodyLimit: limits.maxBytes },
    (_request, body, done) => done(null, body),
  );
  if (!app.hasRequestDecorator('isMultipart')) app.register(multipart);
  // The schemas are for OpenAPI; a photo and a face are checked and written by what knows them.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(answerError);
  app.addHook('preClose', () => calls.close());
  app.addHook('onRequest', async (_request, reply) => {
    const end = calls.accept();
    const begun = performance.now();
    finished(reply.raw, (error) => {
      metrics?.answered(error ? LEFT : reply.statusCode, (performance.now() - begun) / 1000);
      end();
    });
  });

  app.post('/analyze', { schema: photoSchema(analyzer.tasks) }, async (request, reply) => {
    const question = readQuery(request.query);
    const photo = await photoOf(request, limits.maxBytes);
    const signal = leaving(reply);
    const endTurn = await calls.turn(signal);
    try {
      const { size, pixels, faces } = await analyzePhoto(analyzer, photo, question, limits.maxFaces, signal);
      metrics?.found(faces.length);
      const failed = failedTasks(faces);
      if (failed.length > 0) request.log.warn({ failed }, 'tasks failed');
      if (pixels) return reply.type('image/png').send(await drawAnswer(analyzer, pixels, faces));
      return reply.send(photoAnswer(analyzer, size, faces));
    } finally {
      endTurn();
    }
  });
}

/** Fires when the caller has left. */
function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  finished(reply.raw, (error) => error && controller.abort());
  return controller.signal;
}

/** Answers an error of any kind, and logs what the caller is not told. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = answerTo(error);
  if (status === 500) request.log.error(error);
  else request.log.info({ code: body.error.code }, 'call refused');
  if (status === 429 || status === 503) reply.header('retry-after', RETRY_AFTER);
  // The rest of a photo is read and dropped: a caller that is still sending would not see the answer otherwise.
  reply.removeHeader('connection');
  reply.code(status).send(body);
}
