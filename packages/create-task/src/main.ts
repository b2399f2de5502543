import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createPackage } from './create.js';
import { Mistake } from './mistake.js';
import { kinds, planPackage, type Wishes } from './plan.js';

const HELP = `usage: npm create @facexformer/task <package> [-- options]

Creates a folder with a package for a task of your own: source, types, test, training, model card, CI.

  <package>       its name, such as task-hat-colour or @me/task-hat-colour; the task is then called hatColour
  --kind K        what the task answers: ${kinds.join(', ')} (default classify)
  --labels A,B    its labels

examples:
  npm create @facexformer/task task-glasses -- --labels none,plain,sun
  npm create @facexformer/task @me/task-gaze -- --kind regress --labels yaw,pitch`;

/** Where the command works and writes. */
export interface Surroundings {
  readonly cwd: string;
  out(text: string): void;
  err(text: string): void;
}

/**
 * The command.
 * @returns the exit code: 0 success, 1 failure, 2 wrong usage
 */
export async function main(args: readonly string[], { cwd, out, err }: Surroundings): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    out(HELP);
    return 0;
  }
  try {
    const plan = planPackage(read(args));
    const folder = join(cwd, plan.name.replace(/^@[^/]*\//, ''));
    const files = createPackage(plan, folder);
    out(`created ${plan.name}, ${files.length} files in ${relative(cwd, folder)}: task "${plan.task}" (${plan.kind})

  cd ${relative(cwd, folder)}
  npm install
  npm run check    types, build, test, and what the package would contain
  npm run train    see photos/README.md first`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    err(`create-task: ${error.message}`);
    return error.cause ? 1 : 2;
  }
}

function read(args: readonly string[]): Wishes {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { kind: { type: 'string' }, labels: { type: 'string' } },
      allowPositionals: true,
    });
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) {
      throw new Mistake('give one name for the package; --help shows how');
    }
    return { name, ...values };
  } catch (error) {
    throw error instanceof Mistake ? error : new Mistake(`${(error as Error).message}; --help shows how`);
  }
}
