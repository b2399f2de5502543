import { type Analyzer, createAnalyzer, type Plugin } from '@facexformer/core';
import type { WebImage } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';
import { ref, shallowRef } from 'vue';
import type { PlaygroundFace } from '../playground/open-analyzer.ts';
import { type Photo, paint } from '../playground/paint.ts';
import type { TeachModel } from './open-model.ts';
import type { Taught } from './teach.ts';

/** A face with the built-in answers; the taught one stands beside them under its own name. */
export type TriedFace = PlaygroundFace;

type TrialAnalyzer = Analyzer<WebImage, readonly [...ReturnType<typeof allTasks>, Plugin]>;

/** The taught task at work beside the built-in ones. */
export function useTrial(canvas: () => HTMLCanvasElement | null) {
  const faces = shallowRef<readonly TriedFace[]>([]);
  const tried = ref(false);
  let analyzer: TrialAnalyzer | undefined;
  let name = '';

  const close = async (): Promise<void> => {
    const old = analyzer;
    analyzer = undefined;
    faces.value = [];
    tried.value = false;
    await old?.dispose();
  };

  const open = async (
    { runtime, base, detector }: TeachModel,
    { plugin, name: task }: Taught,
  ): Promise<void> => {
    await close();
    name = task;
    analyzer = (await createAnalyzer({
      runtime,
      checkpoint: { ...base, close: async () => undefined }, // the next one needs it too
      detector: async () => ({ ...detector, dispose: async () => undefined }),
      tasks: [...allTasks(), plugin as Plugin<'taught'>],
    })) as unknown as TrialAnalyzer;
    await analyzer.warmUp();
  };

  /** Answers everything about a picture, and draws the taught task's answer over it. */
  const look = async (photo: Photo): Promise<void> => {
    if (!analyzer) return;
    const found = await analyzer.analyze(photo);
    const own = found.map((face) => {
      const { box, score, crop } = face;
      return { box, score, crop, [name]: (face as unknown as Record<string, unknown>)[name] };
    });
    const drawings = analyzer.draw(own);
    faces.value = found as unknown as readonly TriedFace[];
    tried.value = true;
    const target = canvas();
    if (target) paint(target, photo, drawings);
  };

  return { faces, tried, open, close, look };
}
