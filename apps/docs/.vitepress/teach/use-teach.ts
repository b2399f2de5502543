import { FaceXFormerError } from '@facexformer/core';
import { computed, nextTick, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { Device } from '../playground/open-base.ts';
import { useTurns } from '../playground/use-turns.ts';
import { openModel, type TeachModel } from './open-model.ts';
import { takeShot } from './shot.ts';
import { type Taught, teach } from './teach.ts';
import { PHOTOS, useClasses } from './use-classes.ts';
import { useTrial } from './use-trial.ts';
import { useWebcam } from './use-webcam.ts';

/** Time between two shots while the button is held, in milliseconds. */
const BURST = 250;

/** The page's state, and what can be done with it. */
export function useTeach(video: () => HTMLVideoElement | null, canvas: () => HTMLCanvasElement | null) {
  const device = ref<Device>('wasm');
  const ready = ref(false);
  const turns = useTurns();
  const { status, failure, busy } = turns;
  const flip = ref(true);
  /** Share of the teaching that is done, 0..1; undefined while nothing is taught. */
  const progress = ref<number>();
  const taught = shallowRef<Taught>();
  /** What was taught is no longer what is shown. */
  const stale = ref(false);
  const filming = ref(false);

  const lesson = useClasses();
  const camera = useWebcam(video);
  const trial = useTrial(canvas);
  let model: TeachModel | undefined;
  let abort = new AbortController();
  let held: number | undefined;

  const inTurn = (work: () => Promise<void>): Promise<void> =>
    turns.inTurn(() => {
      failure.value = '';
      return work();
    });

  const load = (): Promise<void> =>
    inTurn(async () => {
      ready.value = false;
      status.value = 'Loading the model …';
      await trial.close();
      await model?.dispose();
      model = undefined;
      model = await openModel(device.value, ({ loaded, total }) => {
        if (total) status.value = `Loading the model, ${Math.round((100 * loaded) / total)} % …`;
      });
      if (taught.value) await trial.open(model, taught.value);
      ready.value = true;
      status.value = 'Ready. Nothing is loaded from now on.';
    });

  /** Keeps the pictures that show a face. */
  const addPictures = async (
    id: number,
    pictures: readonly (readonly [string, Blob | ImageBitmap])[],
  ): Promise<void> => {
    if (!model) return;
    const without: string[] = [];
    const unread: string[] = [];
    let left = 0;
    for (const [name, source] of pictures) {
      const shots = lesson.classes.value.find((old) => old.id === id)?.shots;
      if (!shots) return;
      if (shots.length >= PHOTOS.most) {
        left += 1;
        continue;
      }
      const bitmap = await createImageBitmap(source).catch(() => undefined);
      if (!bitmap) {
        unread.push(name);
        continue;
      }
      const shot = await takeShot(model, bitmap, name).finally(() => bitmap.close());
      if (!shot) without.push(name);
      else {
        lesson.change(id, (old) => ({ shots: [...old.shots, shot] }));
        stale.value = true;
      }
    }
    const notice = [
      without.length > 0 &&
        `No face was found in ${list(without)}: turn the face to the camera, in good light.`,
      unread.length > 0 && `Your browser cannot read ${list(unread)} as a photo.`,
      left > 0 && `${PHOTOS.most} photos are the most: ${left} left out.`,
    ];
    lesson.change(id, () => ({ notice: notice.filter(Boolean).join(' ') }));
  };

  const addFiles = (id: number, files: readonly File[]): Promise<void> =>
    inTurn(() =>
      addPictures(
        id,
        files.map((file) => [file.name, file] as const),
      ),
    );

  const shoot = async (id: number): Promise<void> => {
    await inTurn(async () => {
      const picture = await camera.grab();
      if (picture) await addPictures(id, [['the camera picture', picture]]);
    });
  };

  /** One shot at once, then one after the other until {@link release}; where the camera is off, turns it on instead. */
  const hold = async (id: number): Promise<void> => {
    if (!camera.running.value) {
      await camera.start();
      return;
    }
    held = id;
    while (held === id) {
      await shoot(id);
      await new Promise((resolve) => setTimeout(resolve, BURST));
    }
  };
  const release = (): void => {
    held = undefined;
  };

  const start = (): Promise<void> => {
    if (lesson.problem.value) {
      failure.value = lesson.problem.value;
      return Promise.resolve();
    }
    return inTurn(async () => {
      if (!model) return;
      filming.value = false;
      abort = new AbortController();
      progress.value = 0;
      status.value = 'Preparing …';
      try {
        const { name, classes } = lesson;
        performance.mark('facexformer-teach');
        const result = await teach(
          model,
          { name: name.value, classes: classes.value, flip: flip.value },
          abort.signal,
          (share, what) => {
            progress.value = share;
            status.value = what;
          },
        );
        performance.mark('facexformer-taught');
        await trial.open(model, result);
        taught.value = result;
        stale.value = false;
        status.value = `Taught in ${result.seconds.toFixed(0)} s.`;
      } catch (error) {
        if (!FaceXFormerError.isInstance(error, 'ABORTED')) throw error;
        status.value = 'Stopped. Nothing was changed.';
      } finally {
        progress.value = undefined;
      }
    });
  };

  const tryPhoto = (blob: Blob): Promise<void> => {
    filming.value = false;
    return inTurn(async () => {
      const photo = await createImageBitmap(blob).catch(() => {
        throw new FaceXFormerError('BAD_IMAGE', 'this file is not a photo that your browser can read');
      });
      await trial.look(photo);
      const count = trial.faces.value.length;
      status.value =
        count === 0 ? 'No face found in this photo.' : `${count} face${count === 1 ? '' : 's'} answered.`;
    });
  };

  /** Answers the camera's pictures until it is stopped; the last one stays. */
  const tryCamera = async (): Promise<void> => {
    if (!(await camera.start())) return;
    filming.value = true;
    await nextTick();
    while (filming.value && camera.running.value) {
      await inTurn(async () => {
        const picture = await camera.grab();
        if (picture) await trial.look(picture);
      });
      if (failure.value) break;
      await new Promise(requestAnimationFrame);
    }
    filming.value = false;
  };

  onMounted(load);
  onBeforeUnmount(() => {
    release();
    filming.value = false;
    camera.stop();
    abort.abort();
    turns.inTurn(async () => {
      await trial.close();
      await model?.dispose();
    });
  });

  return {
    ...{
      device,
      ready,
      status,
      failure,
      busy,
      flip,
      progress,
      taught,
      stale,
      filming,
      lesson,
      camera,
      trial,
    },
    ...{ load, addFiles, hold, release, start, tryPhoto, tryCamera },
    cancel: () => abort.abort(),
    markStale: (): void => {
      stale.value = true;
    },
    photoCount: computed(() => lesson.classes.value.reduce((sum, { shots }) => sum + shots.length, 0)),
  };
}

/** Names in one line; of many only how many. */
const list = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.length} of the pictures`;
