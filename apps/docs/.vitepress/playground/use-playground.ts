import { FaceXFormerError } from '@facexformer/core';
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import {
  demoPhoto,
  openAnalyzer,
  type PlaygroundAnalyzer,
  type PlaygroundFace,
  TASK_NAMES,
  type TaskName,
} from './open-analyzer.ts';
import type { Device } from './open-base.ts';
import { type Photo, paint } from './paint.ts';
import { useCamera } from './use-camera.ts';
import { useTurns } from './use-turns.ts';

/** What was measured in this browser; milliseconds. */
export interface Timings {
  /** What really runs. */
  readonly device: string;
  /** From the start, the page's or that of another device, to the first result, loading included. */
  readonly start: number;
  /** From photo to typed results, detection included; of a device's first photo the median of three more runs. */
  readonly analysis: number;
}

const REPEATS = 3;

/** The playground's state, and what can be done with it. */
export function usePlayground(canvas: () => HTMLCanvasElement | null) {
  const device = ref<Device>('wasm');
  const tasks = ref<TaskName[]>([...TASK_NAMES]);
  const faces = shallowRef<readonly PlaygroundFace[]>([]);
  const turns = useTurns();
  const { status, failure, busy } = turns;
  const timings = ref<Timings>();
  const only = computed(() => TASK_NAMES.filter((name) => tasks.value.includes(name)));

  const camera = useCamera();
  let analyzer: PlaygroundAnalyzer | undefined;
  let photo: Photo | undefined;
  let begun = performance.now();
  let startTime = 0;
  /** No photo has run on this device yet. */
  let cold = true;
  const inTurn = (work: () => Promise<void>): Promise<void> =>
    turns.inTurn(() => {
      if (analyzer) failure.value = ''; // else the model did not load: that stays to be read
      return work();
    });

  const load = async (): Promise<void> => {
    failure.value = '';
    status.value = 'Loading the model …';
    await analyzer?.dispose();
    analyzer = undefined;
    analyzer = await openAnalyzer(device.value, ({ loaded, total }) => {
      if (total) status.value = `Loading the model, ${Math.round((100 * loaded) / total)} % …`;
    });
    await analyzer.warmUp();
    cold = true;
    performance.mark('facexformer-ready');
    status.value = 'Ready. Nothing is loaded from now on.';
  };

  const analyze = async (): Promise<void> => {
    if (!analyzer || !photo) return;
    const first = await timed(analyzer, photo);
    repaint();
    const count = faces.value.length;
    status.value = count === 0 ? 'No face found.' : `${count} face${count === 1 ? '' : 's'} analysed.`;
    performance.mark('facexformer-result');
    if (cold) startTime = performance.now() - begun;
    const again: number[] = [];
    for (let i = 0; cold && i < REPEATS; i++) again.push(await timed(analyzer, photo));
    cold = false;
    timings.value = {
      device: deviceName(analyzer.device),
      start: startTime,
      analysis: again.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? first,
    };
  };

  const timed = async (open: PlaygroundAnalyzer, of: Photo): Promise<number> => {
    const begun = performance.now();
    faces.value = await open.analyze(of, { only: only.value });
    return performance.now() - begun;
  };

  const repaint = (): void => {
    const target = canvas();
    if (!target || !photo) return;
    paint(target, photo, analyzer?.draw(faces.value) ?? []);
  };

  const showPhoto = (blob: Blob): Promise<void> => {
    camera.stop();
    return inTurn(async () => {
      photo = await createImageBitmap(blob).catch(() => {
        throw new FaceXFormerError('BAD_IMAGE', 'this file is not a photo that your browser can read');
      });
      await analyze();
    });
  };

  let demo: Promise<Blob> | undefined;
  const showDemo = async (): Promise<void> => {
    demo ??= fetch(demoPhoto()).then((response) => response.blob());
    await showPhoto(await demo);
  };

  /** Until it is stopped; then the last picture stays. */
  const startCamera = (): Promise<void> =>
    inTurn(async () => {
      if (!analyzer) return;
      const frames = await camera.open();
      status.value = 'The camera is on.';
      for await (const { time, latency, error, ...frame } of analyzer.stream(frames, { only: only.value })) {
        if (error) throw error;
        photo = camera.take(time);
        faces.value = frame.faces;
        timings.value = { device: deviceName(analyzer.device), start: startTime, analysis: latency };
        repaint();
      }
      status.value = 'The camera is off.';
    });

  const changeTasks = (): Promise<void> => {
    const filming = camera.running.value;
    camera.stop();
    return filming ? startCamera() : inTurn(analyze);
  };

  const changeDevice = (): Promise<void> => {
    camera.stop();
    return inTurn(async () => {
      begun = performance.now();
      await load();
      await analyze();
    });
  };

  const download = (): void => {
    canvas()?.toBlob((blob) => {
      if (!blob) return;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'facexformer-overlay.png';
      link.click();
      URL.revokeObjectURL(link.href);
    }, 'image/png');
  };

  onMounted(() => {
    inTurn(load);
    showDemo();
  });
  onBeforeUnmount(() => {
    camera.stop();
    turns.inTurn(async () => analyzer?.dispose());
  });

  return {
    device,
    tasks,
    only,
    faces,
    status,
    failure,
    timings,
    busy,
    camera,
    showPhoto,
    showDemo,
    startCamera,
    download,
    changeDevice,
    changeTasks,
  };
}

/** WebAssembly has threads only where memory may be shared. */
const deviceName = (device: string): string =>
  device === 'wasm' && !crossOriginIsolated ? 'WebAssembly, 1 thread' : device;
