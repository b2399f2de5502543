import { once } from 'node:events';
import {
  ANALYZER_HELP,
  ANALYZER_OPTIONS,
  analyzerWords,
  openAnalyzer,
  usualWorkers,
} from '../models/open-analyzer.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, parse } from '../terminal/options.js';

/** Where the bearer token is looked for: arguments are seen by every user of the machine. */
const TOKEN = 'FACEXFORMER_TOKEN';

export const serve: Command = {
  name: 'serve',
  summary: 'answer photos over HTTP',
  help: `usage: facexformer serve [options]

Answers POST /analyze: a photo as body or as field "photo" of a form, ?tasks=A,B, ?overlay=true for a picture. Also GET
/healthz, /readyz, /metrics (Prometheus) and /openapi.json. Logs are lines of JSON on standard output; no photo is kept.

  --host HOST         where to listen (default 127.0.0.1: this machine alone)
  --port N            (default 8080)
${ANALYZER_HELP}
  --workers N         worker threads that do the work (default: a core each, at most 4; 1 with a GPU)
  --at-once N         photos that are analysed at the same time (default 8)
  --max-waiting N     calls that may wait for their turn (default 64)
  --max-bytes N       bytes of a photo (default 16 MiB)
  --max-pixels N      pixels of a photo (default 50 million)
  --max-faces N       faces of a photo (default 64)
  --client-seconds N  in which a caller must send a photo, and take an answer (default 60)

${TOKEN} in the environment is the bearer token that callers must send; with another host than loopback it is needed.
SIGTERM and SIGINT end the server once the calls that it has taken in are answered; a second one ends it at once.

examples:
  facexformer serve
  curl -F photo=@portrait.jpg 'http://127.0.0.1:8080/analyze?tasks=age,expression'
  ${TOKEN}="$(cat token)" facexformer serve --host 0.0.0.0`,
  async run(args, { out, err, signal }) {
    const { host, port, words, maxPixels, limits, clientSeconds } = readWords(args);
    const { createServer, serverMetrics } = await import('@facexformer/server');
    const metrics = serverMetrics();
    const { analyzer } = await openAnalyzer(words, { maxPixels, onStage: metrics.onStage, signal });
    await using _ = analyzer;
    await analyzer.warmUp({ signal });
    const server = await createServer({
      analyzer,
      metrics,
      limits,
      clientSeconds,
      token: process.env[TOKEN] || undefined,
      logger: { stream: { write: (line: string) => out(line.trimEnd()) } },
    });
    try {
      const url = await server.listen({ host, port });
      const { name, trained } = analyzer.provenance;
      if (!trained) err('*** UNTRAINED WEIGHTS: all answers are random numbers and mean nothing. ***');
      err(`facexformer: listening on ${url} (model ${name}, ${analyzer.device})`);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
    }
  },
};

/** The arguments, as far as they can be checked without opening anything. */
function readWords(args: readonly string[]) {
  const { values, positionals } = parse(args, {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8080' },
    ...ANALYZER_OPTIONS,
    'at-once': { type: 'string', default: '8' },
    'max-waiting': { type: 'string', default: '64' },
    'max-bytes': { type: 'string', default: String(16 * 2 ** 20) },
    'max-pixels': { type: 'string', default: String(50e6) },
    'max-faces': { type: 'string', default: '64' },
    'client-seconds': { type: 'string', default: '60' },
  });
  if (positionals.length > 0) throw new UsageError('serve takes options only');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port must be a whole number from 0 to 65535, not "${values.port}"`);
  }
  const number = (
    name: 'at-once' | 'max-waiting' | 'max-bytes' | 'max-pixels' | 'max-faces' | 'client-seconds',
  ): number => count(name, values[name])!;
  const words = analyzerWords(values);
  return {
    host: values.host,
    port,
    words: { ...words, workers: Math.max(words.workers ?? usualWorkers(words.device), 1) }, // its own thread answers
    maxPixels: number('max-pixels'),
    clientSeconds: number('client-seconds'),
    limits: {
      atOnce: number('at-once'),
      maxWaiting: number('max-waiting'),
      maxBytes: number('max-bytes'),
      maxFaces: number('max-faces'),
    },
  };
}
