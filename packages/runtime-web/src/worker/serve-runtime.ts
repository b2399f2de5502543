import { connect, type Peer, serveSessions } from '@facexformer/core/runtime';
import type { Settings } from '../contract/options.js';
import { pageRuntime } from '../page/page-runtime.js';
import { decodeImage } from '../picture/decode-image.js';
import type { DecodeCall, LostCall } from './protocol.js';

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
  const scope = globalThis as unknown as Worker; // a worker's own end of its channel has the same methods
  const runtimeOf = (settings: Settings) =>
    pageRuntime(settings, (event) => {
      page.call('lost', { event } satisfies LostCall);
    });
  const page: Peer = connect(scope, {
    ...serveSessions(runtimeOf, () => page),
    async decode({ image, settings }: DecodeCall) {
      const pixels = await decodeImage(image, settings);
      if (typeof image === 'object' && 'close' in image) image.close();
      return { value: pixels, transfer: [pixels.data.buffer] };
    },
  });
  scope.addEventListener('message', ({ data }) => page.receive(data));
}
