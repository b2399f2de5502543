import { FaceXFormerError, openFaceAnalyzer } from 'facexformer';
import Fastify from 'fastify';

/** What the client can mend; anything else is ours. */
const STATUS = { BAD_IMAGE: 400, UNSUPPORTED: 415, BUSY: 503 };

const analyzer = await openFaceAnalyzer();
const server = Fastify({ bodyLimit: 20e6 });

server.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
server.post('/faces', ({ body }) => analyzer.analyze(body));
server.setErrorHandler((error, _request, reply) => {
  const known = FaceXFormerError.isInstance(error);
  const status = known ? (STATUS[error.code] ?? 500) : (error.statusCode ?? 500);
  reply.code(status).send({ code: known ? error.code : undefined, message: error.message });
});
server.addHook('onClose', () => analyzer.dispose());
process.once('SIGTERM', () => server.close());

console.log(await server.listen({ port: Number(process.env.PORT ?? 3000) }));
