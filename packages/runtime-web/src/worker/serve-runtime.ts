import { FaceXFormerError } from '@facexformer/core';
import type { OnnxModel } from '@facexformer/core/graph';
import type { DisposableSession } from '@facexformer/core/runtime';
import { pageRuntime } from '../page/page-runtime.js';
import { decodeImage } from '../picture/decode-image.js';
import type {
  BuildCall,
  DecodeCall,
  DisposeCall,
  LostCall,
  OpenCall,
  Opened,
  Ran,
  RunCall,
} from './protocol.js';
import { connect, type Port } from './rpc.js';

/**
 * Turns a module worker into one that serves `webRuntime({ worker })`. The whole worker script is:
 *
 * ```ts
 * import { serveRuntime } from '@facexformer/runtime-web';
 *
 * serveRuntime();
 * ```
 */
export function serveRuntime(): void {
  const sessions = new Map<number, DisposableSession>();
  const open = (session: number): DisposableSession => {
    const found = sessions.get(session);
    if (!found) throw new FaceXFormerError('DISPOSED', 'this session has been disposed of');
    return found;
  };
  const page = connect(globalThis as unknown as Port, {
    async decode({ image, settings }: DecodeCall) {
      const pixels = await decodeImage(image, settings);
      if (typeof image === 'object' && 'close' in image) image.close();
      return { value: pixels, transfer: [pixels.data.buffer as ArrayBuffer] };
    },
    async open({ session, settings }: OpenCall) {
      const runtime = pageRuntime(settings, (event) => {
        page.call('lost', { event } satisfies LostCall);
      });
      const opened = await runtime.open(
        (target) => page.call('build', { session, target } satisfies BuildCall) as Promise<OnnxModel>,
      );
      sessions.set(session, opened);
      const { inputs, outputs, device } = opened;
      return { value: { inputs, outputs, device } satisfies Opened };
    },
    async run({ session, feeds }: RunCall) {
      const opened = open(session);
      const outputs = await opened.run(feeds);
      return {
        value: { outputs, device: opened.device } satisfies Ran,
        transfer: Object.values(outputs).map(({ data }) => data.buffer as ArrayBuffer),
      };
    },
    async dispose({ session }: DisposeCall) {
      await sessions.get(session)?.dispose();
      sessions.delete(session);
      return { value: undefined };
    },
  });
}
