import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createPackage } from '../src/create.js';
import { main } from '../src/main.js';
import { planPackage } from '../src/plan.js';

const cwd = mkdtempSync(join(tmpdir(), 'create-task-'));
afterAll(() => rmSync(cwd, { recursive: true }));

async function run(...args: readonly string[]) {
  const said: string[] = [];
  const code = await main(args, { cwd, out: (text) => said.push(text), err: (text) => said.push(text) });
  return { code, said: said.join('\n') };
}

describe('create-task', () => {
  it('makes a package and says how to go on', async () => {
    const { code, said } = await run('@me/task-glasses', '--labels', 'none, plain,sun');
    expect(code).toBe(0);
    expect(said).toContain('cd task-glasses');
    const read = (path: string) => readFileSync(join(cwd, 'task-glasses', path), 'utf8');
    expect(read('src/index.ts')).toContain(
      "export const glasses = () => classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });",
    );
    const manifest = JSON.parse(read('package.json'));
    expect(manifest.name).toBe('@me/task-glasses');
    expect(manifest.dependencies['@facexformer/core']).toMatch(/^\^\d/);
    expect(Object.values(manifest.devDependencies)).not.toContain('*');
    expect(manifest.peerDependencies['@facexformer/model-mini']).toMatch(/^\^\d/);
    expect(read('.github/workflows/ci.yml')).toContain('weights/glasses.safetensors');
    expect(read('.npmrc')).toContain('ignore-scripts');
    expect(read('.github/workflows/ci.yml')).toContain('npm run check');
  });

  it.runIf(process.platform === 'linux')('ends where the system takes no folder', () => {
    const plan = planPackage({ name: 'task-hat', kind: 'classify' });
    expect(() => createPackage(plan, '/proc/task-hat')).toThrow('/proc/task-hat cannot be written: ENOENT');
  });

  it('overwrites nothing', async () => {
    mkdirSync(join(cwd, 'task-hat'));
    writeFileSync(join(cwd, 'task-hat/mine.txt'), 'mine');
    const { code, said } = await run('task-hat');
    expect(code).toBe(2);
    expect(said).toContain('is not empty');
    expect(existsSync(join(cwd, 'task-hat/package.json'))).toBe(false);
    writeFileSync(join(cwd, 'task-scarf'), 'a file');
    expect((await run('task-scarf')).said).toContain('is not a folder');
  });

  it.each([
    [[], 'give one name'],
    [['a-task', 'b-task'], 'give one name'],
    [['a-task', '--kind', 'guess'], '--kind must be one of classify'],
    [['a-task', '--labels', 'one'], 'at least 2 labels'],
    [['a-task', '--labels', 'one,one'], 'two labels are equal'],
    [['a-task', '--labels', "it's,no"], 'is not a valid label'],
    [['a-task', '--labels', 'a,,b'], 'is not a valid label'],
    [['a-task', '--kind', 'embed', '--labels', 'a,b'], 'has no labels'],
    [['a-task', '--colour', 'red'], '--colour'],
    [['a-task', '--kind'], '--kind'],
  ])('refuses %j', async (args, message) => {
    const { code, said } = await run(...args);
    expect(said).toContain(message);
    expect(said).not.toContain('    at ');
    expect(code).toBe(2);
    expect(existsSync(join(cwd, 'a-task'))).toBe(false);
  });

  it('explains itself', async () => {
    const { code, said } = await run('--help');
    expect(code).toBe(0);
    expect(said).toContain('usage: npm create @facexformer/task');
  });
});
