import { Worker } from 'node:worker_threads';
import { FaceXFormerError } from '@facexformer/core';
import { connect, type StartWorker } from '@facexformer/core/runtime';
import { requireHere } from '../require-here.js';

/**
 * Starts the worker of this package. Its script is found by the package's name, so that a bundle of this module finds it
 * too, as long as the package is installed beside the bundle.
 * @throws {FaceXFormerError} `NOT_FOUND` when it is not.
 */
function ownWorker(): Worker {
  try {
    return new Worker(requireHere.resolve('@facexformer/runtime-node/worker'));
  } catch (cause) {
    throw new FaceXFormerError(
      'NOT_FOUND',
      'the worker of @facexformer/runtime-node was not found: leave that package out of the bundle, or start a worker of ' +
        'your own with the option `worker`',
      { cause },
    );
  }
}

/** Starts worker threads, which do not keep the process alive while they are idle. */
export const workerStarter =
  (createWorker: () => Worker = ownWorker): StartWorker =>
  (handlers, onEnd) => {
    const worker = createWorker();
    const peer = connect(worker, handlers);
    let hasSpoken = false;
    const end = (why: string, cause?: unknown): void =>
      onEnd(
        hasSpoken
          ? new FaceXFormerError(
              'CRASHED',
              `the worker thread ended while it was at work: ${why}; the next call starts another`,
              { cause },
            )
          : new FaceXFormerError('RUNTIME', `the worker thread did not start: ${why}`, { cause }),
      );
    worker.on('message', (message) => {
      hasSpoken = true;
      peer.receive(message);
    });
    worker.on('error', (error) => end(error.message, error));
    worker.on('messageerror', (error) => end(error.message, error));
    worker.on('exit', (code) => end(`exit code ${code}`));
    worker.unref();
    return {
      peer,
      terminate() {
        void worker.terminate();
      },
      hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
    };
  };
