/**
 * Holds the code of the documentation to what it says: type-checks every `ts` block against the sources of the
 * workspace, and runs those for Node and the `sh run` blocks with the built packages, in a folder that has a photo and
 * a checkpoint. `ts browser` blocks are for a page, `ts no-run` blocks need data: these are only type-checked.
 */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { codeBlocks } from './code-blocks.mjs';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'apps/docs');
/** Inside the package, so that imports resolve as they do for it. */
const temp = join(docs, '.cache/code');
const started = performance.now();

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.md') && !/(^|[\\/])(node_modules|api|evaluation|\.\w+)[\\/]/.test(path),
);
const blocks = pages.flatMap((page) =>
  codeBlocks(readFileSync(join(docs, page), 'utf8')).map((block) => ({
    ...block,
    where: `${relative(root, join(docs, page))}:${block.line}`,
    name: `${page.replace(/\W+/g, '-')}-${block.line}`,
  })),
);
const programs = blocks.filter(({ language }) => language === 'ts');
const scripts = blocks.filter(({ language, flags }) => language === 'sh' && flags.includes('run'));

rmSync(temp, { recursive: true, force: true });
mkdirSync(temp, { recursive: true });
copyFileSync(join(root, 'fixtures/astronaut.png'), join(temp, 'photo.jpg'));
copyFileSync(
  join(root, 'packages/model-mini/weights/mini.safetensors'),
  join(temp, 'facexformer.safetensors'),
);
for (const { name, code } of programs) writeFileSync(join(temp, `${name}.ts`), `${code}\nexport {};\n`);
writeFileSync(
  join(temp, 'tsconfig.json'),
  JSON.stringify({
    extends: relative(temp, join(docs, 'tsconfig.json')),
    compilerOptions: { verbatimModuleSyntax: false },
    include: ['*.ts'],
  }),
);

const shell = process.platform === 'win32';
try {
  execFileSync('npx', ['tsc', '-p', temp], { cwd: root, encoding: 'utf8', shell });
} catch (error) {
  const places = Object.fromEntries(programs.map(({ name, where }) => [name, where]));
  console.error(
    String(error.stdout).replace(/\S*?([\w-]+)\.ts(?=\()/g, (_, name) => `${places[name]} block `),
  );
  process.exit(1);
}
console.log(`docs: ${programs.length} code blocks hold their types`);

// npm links a command when it installs, which is before the command is built: the line says where it is instead.
const cli = `node ${join(root, 'packages/cli/dist/cli.js')}`;
const run = promisify(execFile);
const tasks = [
  ...programs
    .filter(({ flags }) => !flags.includes('browser') && !flags.includes('no-run'))
    .map(({ name, code, where }) => async () => {
      const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      writeFileSync(join(temp, `${name}.mjs`), ts.transpile(code, options));
      await run('node', [`${name}.mjs`], { cwd: temp, timeout: 60_000 }).catch(failAt(where));
    }),
  ...scripts.flatMap(({ code, where }) =>
    code
      .trim()
      .split('\n')
      .map((line) => async () => {
        await run(line.replace(/^facexformer\b/, cli), { cwd: temp, timeout: 60_000, shell: true }).catch(
          failAt(where),
        );
      }),
  ),
];
const ran = tasks.length;
await Promise.all([1, 2].map(drain));
rmSync(temp, { recursive: true, force: true });
console.log(
  `docs: ${ran} of them and of the command lines run (${((performance.now() - started) / 1000).toFixed(1)} s)`,
);

/** Takes tasks until there are none. */
async function drain() {
  for (let task = tasks.shift(); task; task = tasks.shift()) await task();
}

/** @param {string} where */
function failAt(where) {
  return (error) => {
    console.error(`docs: the code at ${where} fails\n${error.stderr || error.message}`);
    process.exit(1);
  };
}
