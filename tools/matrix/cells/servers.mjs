/** Frameworks with a server, built and started for production. */
import { readFileSync } from 'node:fs';
import { freePort } from '../../free-port.mjs';
import { bin, makeApp, photo, run, start } from '../workplace.mjs';
import { checkFaces } from './checks.mjs';
import { visitPage } from './page.mjs';

const post = async (url) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: readFileSync(photo),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  checkFaces(text);
};

const NEXT = { 15: '15.5.29', 16: '16.4.6' };

const next = Object.entries(NEXT).map(([major, version]) => ({
  name: `next-${major}`,
  title: `Next.js ${version}, route handler and client page, production`,
  group: 'Frameworks',
  guide: 'next',
  async run() {
    const app = await makeApp(`next-${major}`, { from: 'examples/nextjs', dependencies: { next: version } });
    await run(bin(app, 'next'), ['build'], { cwd: app, limit: 1200 });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = await start(bin(app, 'next'), ['start', '-p', String(port)], url, { cwd: app });
    try {
      await post(`${url}/api/faces`).catch((error) => {
        throw new Error(`${error.message}\n${server.said()}`);
      });
      await visitPage(url, 'li');
    } finally {
      await server.stop();
    }
  },
}));

export const servers = [
  ...next,
  {
    name: 'fastify',
    title: 'Fastify 5.12.8',
    group: 'Frameworks',
    guide: 'frameworks#fastify',
    async run() {
      const app = await makeApp('fastify', { from: 'examples/fastify' });
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      const server = await start('node', ['server.js'], url, { cwd: app, env: { PORT: port } });
      try {
        await post(`${url}/faces`);
      } finally {
        await server.stop();
      }
    },
  },
];
