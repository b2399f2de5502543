/**
 * An npm registry on localhost that holds packed packages and nothing else, so that `npm create` and `npm install` are
 * tried as users type them, before anything is published.
 * `node tools/pack-test/registry.mjs <folder>` serves a folder's tarballs and prints the line for an .npmrc.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** The package.json in a tarball. */
const manifestOf = (path) =>
  JSON.parse(execFileSync('tar', ['-xzOf', path, 'package/package.json'], { encoding: 'utf8' }));

/**
 * Serves the tarballs of a folder.
 * @returns `setting`, the line that sends npm's questions about @facexformer here, and `close`
 */
export async function openRegistry(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const packages = new Map(
    files
      .map((file) => {
        const bytes = readFileSync(join(folder, file));
        const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
        return [manifestOf(join(folder, file)), { file, bytes, integrity }];
      })
      .map(([manifest, packed]) => [manifest.name, { manifest, ...packed }]),
  );
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const tarball = [...packages.values()].find(({ file }) => path === `-/${file}`);
    if (tarball)
      return response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(tarball.bytes);
    const found = packages.get(path);
    if (!found)
      return response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"not found"}');
    const { manifest, file, integrity } = found;
    const dist = { tarball: `${url()}-/${file}`, integrity };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(
      JSON.stringify({
        name: manifest.name,
        'dist-tags': { latest: manifest.version },
        versions: { [manifest.version]: { ...manifest, dist } },
      }),
    );
  });
  const url = () => `http://127.0.0.1:${server.address().port}/`;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { setting: `@facexformer:registry=${url()}`, close: () => server.close() };
}

if (process.argv[1] === import.meta.filename) {
  const { setting } = await openRegistry(process.argv[2]);
  console.log(setting);
}
