/** The built command as a process; without a build (`npm run build`) there is nothing to start. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { fixturePath } from '@facexformer/test-utils/load';
import { describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args]);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, err }));
  });
  return { child, ended };
}

describe.skipIf(!existsSync(CLI))('the command', () => {
  it('exits with 2 for a wrong argument', async () => {
    const { code, err } = await start('dance').ended;
    expect([code, err]).toEqual([
      2,
      'facexformer: there is no command and no photo "dance"; facexformer --help lists commands\n',
    ]);
  });

  it('starts where the binaries of sharp are missing', () => {
    const missing = `export const resolve = (name, context, next) => {
      if (name === 'sharp') throw new Error('there is no sharp');
      return next(name, context);
    }`;
    const module = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
    const preload = `import { register } from 'node:module'; register(${JSON.stringify(module(missing))})`;
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', module(preload), CLI, ...args], { encoding: 'utf8' });
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = run('analyze', fixturePath('astronaut.png'), '--workers', '0');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/sharp.*\([A-Z_]+\)\n$/)]);
  });

  it('takes it calmly when its reader goes away', async () => {
    const { child, ended } = start('analyze', fixturePath('astronaut.png'));
    child.stdout.destroy();
    const { err } = await ended;
    expect(err).not.toContain('EPIPE');
  });

  it('keeps its results when the reader of its messages goes away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const json = join(folder, 'faces.json');
    const { child, ended } = start('analyze', fixturePath('astronaut.png'), '--json', json);
    child.stderr.destroy();
    expect((await ended).code).toBe(0);
    expect(JSON.parse(await readFile(json, 'utf8')).faces).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  it('keeps nothing beside lines that go to standard output', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const out = join(folder, 'lines');
    await writeFile(out, 'not ours\n');
    const file = openSync(out, 'a');
    const { status } = spawnSync(
      process.execPath,
      [CLI, fixturePath('astronaut.png'), '--no-detect', '--tasks', 'age', '--out', out],
      { stdio: ['ignore', file, 'ignore'] },
    );
    closeSync(file);
    expect([status, await readdir(folder)]).toEqual([0, ['lines']]);
    expect(await readFile(out, 'utf8')).toMatch(/^not ours\n\{"photo":.*\}\n$/);
    await rm(folder, { recursive: true });
  });

  it('analyses a photo on standard input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const { child, ended } = start('analyze', '-', '--no-detect', '--json', join(folder, 'face.json'));
    child.stdin.end(await readFile(fixturePath('astronaut.png')));
    expect((await ended).code).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'face.json'), 'utf8'))).toMatchObject({
      photo: '-',
      width: 512,
    });
    await rm(folder, { recursive: true });
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('goes on with a folder after %s', async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const names = Array.from({ length: 40 }, (_, i) => `${i + 10}.png`);
    await mkdir(join(folder, 'in'));
    for (const name of names) await symlink(fixturePath('astronaut.png'), join(folder, 'in', name));
    const out = join(folder, 'out.jsonl');
    const args = ['analyze', join(folder, 'in'), '--no-detect', '--tasks', 'age', '--out', out, '--resume'];
    const { child, ended } = start(...args);
    child.stderr.on('data', (chunk) => String(chunk).includes('10 %') && child.kill(signal));
    await ended;
    expect((await readFile(out, 'utf8')).split('\n').length).toBeGreaterThan(4);
    expect((await start(...args).ended).code).toBe(0);
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => basename(JSON.parse(line).photo))).toEqual(names);
    await rm(folder, { recursive: true });
  });

  it('answers every call that it has taken in when a server is told to end', async () => {
    const { child, ended } = start(
      'serve',
      '--port',
      '0',
      '--tasks',
      'age',
      '--threads',
      '1',
      '--at-once',
      '2',
    );
    const lines = (stream: Readable, pattern: RegExp, count: number) =>
      new Promise<RegExpMatchArray[]>((resolve) => {
        let text = '';
        stream.on('data', (chunk) => {
          text += chunk;
          const found = [...text.matchAll(pattern)];
          if (found.length >= count) resolve(found);
        });
      });
    const [[, url] = []] = await lines(child.stderr, /listening on (\S+) /g, 1);
    const taken = lines(child.stdout, /"route":"\/analyze"/g, 6);
    const photo = new Blob([await readFile(fixturePath('astronaut.png'))]);
    const headers = { 'content-type': 'image/png' };
    const calls = Array.from({ length: 6 }, () =>
      fetch(`${url}/analyze`, { method: 'POST', headers, body: photo }),
    );
    await taken;
    child.kill('SIGTERM');
    const answers = await Promise.all(
      calls.map(async (call) => ((await (await call).json()) as { faces: unknown[] }).faces),
    );
    expect(answers.every((faces) => faces.length === 1)).toBe(true);
    expect(answers.slice(1)).toEqual(new Array(5).fill(answers[0]));
    expect((await ended).code).toBe(0);
  });

  it.runIf(process.platform === 'linux')('says with 1 that its results could not be printed', async () => {
    const full = openSync('/dev/full', 'w');
    const stdio = ['ignore', full, 'pipe'] as const;
    const { status, stderr } = spawnSync(process.execPath, [CLI, '--help'], {
      stdio: [...stdio],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^facexformer: standard output cannot be written: ENOSPC/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops at %s with %i and keeps what a download has', async (signal, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(Buffer.alloc(500_000)); // and never the rest
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const out = join(folder, 'model.pt');
    const sha256 = '0'.repeat(64);
    const { child, ended } = start(
      'pull',
      'facexformer-official',
      '--url',
      url,
      '--sha256',
      sha256,
      '--out',
      out,
    );
    child.stderr.on('data', (chunk) => String(chunk).includes('50 %') && child.kill(signal));
    const { code, err } = await ended;
    expect([code, err.split('\n').at(-2)]).toEqual([expected, 'facexformer: interrupted']);
    expect((await stat(`${out}.partial`)).size).toBeGreaterThan(0);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
});
