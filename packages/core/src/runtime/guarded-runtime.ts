import { demand, FUNCTION, having, OBJECT } from '../base/arguments.js';
import { foreign } from '../base/foreign.js';
import { PIXELS } from '../image/pixels.js';
import type { Runtime, Session } from './runtime.js';

const SESSION = having('a session { run, dispose, device }', { run: FUNCTION, dispose: FUNCTION });

/** Tensors by name; whoever asked for one checks it. */
const OUTPUTS = { ...OBJECT, words: 'tensors by name' };

/**
 * A runtime of anyone's with what its contract promises: errors are typed and name it, and answers have the right form.
 * @throws {FaceXFormerError} from its methods: `RUNTIME` for whatever the runtime throws or answers instead.
 */
export function guardedRuntime<Image>(runtime: Runtime<Image>): Runtime<Image> {
  const { name } = runtime;
  const title = `the runtime${typeof name === 'string' ? ` "${name}"` : ''}`;
  return {
    name,
    async decode(image, options) {
      const decode = async () => runtime.decode(image, options);
      return demand(
        await foreign('RUNTIME', `${title} failed to decode a photo`, decode, options?.signal),
        PIXELS,
        `what ${title} decodes`,
        'RUNTIME',
      );
    },
    async open(model, options) {
      const open = async () => runtime.open(model, options);
      const session = await foreign('RUNTIME', `${title} failed to open the model`, open, options?.signal);
      demand(session, SESSION, `what ${title} opens`, 'RUNTIME');
      return guardedSession(session, title);
    },
  };
}

const guardedSession = (session: Session, title: string): Session => ({
  inputs: session.inputs,
  outputs: session.outputs,
  get device() {
    return session.device;
  },
  async run(feeds, options) {
    const run = async () => session.run(feeds, options);
    return demand(
      await foreign('RUNTIME', `${title} failed to run the model`, run, options?.signal),
      OUTPUTS,
      `what ${title} computes`,
      'RUNTIME',
    );
  },
  dispose: () => foreign('RUNTIME', `${title} failed to dispose of the model`, async () => session.dispose()),
});
