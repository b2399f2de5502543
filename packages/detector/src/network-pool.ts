import {
  FaceXFormerError,
  type RunOptions,
  type Runtime,
  type Session,
  type Tensor,
} from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { blazeFaceNetwork } from './network.js';
import { loadWeights } from './weights.js';

/** So many plans of the engine are kept while they are idle, each with memory for inputs of one size. */
const MOST_OPEN = 6;

/** The network for inputs of any size; see {@link openNetworkPool}. */
export interface NetworkPool {
  /**
   * Runs pictures [B, 3, height, width] in -1..1, with sides that are multiples of 32.
   * @throws {FaceXFormerError} `DISPOSED`, `ABORTED`, `RUNTIME`.
   */
  run(image: Tensor, options: RunOptions): Promise<Readonly<Record<string, Tensor>>>;
  dispose(): Promise<void>;
}

interface Opened {
  readonly session: Promise<Session>;
  running: number;
}

/** Engines plan for inputs of a fixed size. Opens the first at once, others when they are needed, and closes the eldest. */
export async function openNetworkPool(
  runtime: Runtime,
  first: { readonly height: number; readonly width: number },
): Promise<NetworkPool> {
  const parameters = await loadWeights();
  const pool = new Map<string, Opened>();
  let disposing: Promise<void> | undefined;

  const openFor = ({ height, width }: { readonly height: number; readonly width: number }): Opened => {
    const session = runtime.open((target) =>
      exportOnnx({ outputs: { ...blazeFaceNetwork({ height, width, target }) }, parameters, target }),
    );
    return { session, running: 0 };
  };
  /** What was used last comes last. */
  const use = (size: { readonly height: number; readonly width: number }): Opened => {
    const key = `${size.height} x ${size.width}`;
    const opened = pool.get(key) ?? openFor(size);
    pool.delete(key);
    pool.set(key, opened);
    opened.session.catch(() => pool.delete(key));
    return opened;
  };
  const closeIdle = async (): Promise<void> => {
    const idle = [...pool].filter(([, { running }]) => running === 0).slice(0, -MOST_OPEN);
    for (const [key] of idle) pool.delete(key);
    await Promise.all(idle.map(([, opened]) => close(opened)));
  };

  await use(first).session;
  return {
    async run(image, options) {
      if (disposing)
        throw new FaceXFormerError('DISPOSED', 'the detector has been disposed of: create another');
      const [, , height, width] = image.dims as readonly [number, number, number, number];
      const opened = use({ height, width });
      opened.running += 1;
      try {
        return await (await opened.session).run({ image }, options);
      } finally {
        opened.running -= 1;
        await closeIdle();
      }
    },
    dispose() {
      disposing ??= Promise.all([...pool.values()].map(close)).then(() => undefined);
      return disposing;
    },
  };
}

const close = async ({ session }: Opened): Promise<void> => (await session).dispose();
