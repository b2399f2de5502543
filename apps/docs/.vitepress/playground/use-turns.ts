import { FaceXFormerError } from '@facexformer/core';
import { ref } from 'vue';

/** Work that is done one piece after the other, in the order in which it was asked for, and what to tell of it. */
export function useTurns() {
  const status = ref('Loading the model …');
  /** Why the last piece failed; empty where it did not. */
  const failure = ref('');
  const busy = ref(true);
  let queue: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(async () => {
      busy.value = true;
      await work().catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        failure.value = FaceXFormerError.isInstance(error) ? `${error.code}: ${message}` : message;
        status.value = 'That did not work.';
      });
      busy.value = false;
    });
    return queue;
  };

  return { status, failure, busy, inTurn };
}
