import { type Face, FaceXFormerError } from '@facexformer/core';

/** Counts what went wrong with photos and tasks. */
export interface Tally {
  photoFailed(): void;
  add(faces: readonly Face[]): void;
  /**
   * Says which tasks failed.
   * @throws {FaceXFormerError} `BAD_IMAGE` when photos failed, `TASK_FAILED` when no task gave a result on any face.
   */
  end(photos: number, say: (line: string) => void): void;
}

/**
 * @param tasks the number of tasks that run
 * @param failed photos that failed before
 */
export function startTally(tasks: number, failed: number): Tally {
  const failures = new Map<string, { count: number; readonly message: string }>();
  let faces = 0;
  return {
    photoFailed() {
      failed += 1;
    },
    add(found) {
      faces += found.length;
      for (const [task, error] of found.flatMap(({ errors = {} }) => Object.entries(errors))) {
        const failure = failures.get(task) ?? { count: 0, message: error!.message };
        failures.set(task, failure);
        failure.count += 1;
      }
    },
    end(photos, say) {
      let count = 0;
      for (const [task, failure] of failures) {
        count += failure.count;
        say(`task "${task}" failed on ${failure.count} of ${faces} faces: ${failure.message}`);
      }
      if (failed > 0)
        throw new FaceXFormerError(
          'BAD_IMAGE',
          `${failed} of ${photos} photos were skipped: their lines say why`,
        );
      if (faces > 0 && count === faces * tasks)
        throw new FaceXFormerError('TASK_FAILED', `no task gave a result on any of ${faces} faces`);
    },
  };
}
