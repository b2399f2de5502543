import type { AnalyzedFace } from '@facexformer/core';
import type { allTasks } from '@facexformer/tasks';

declare const face: AnalyzedFace<ReturnType<typeof allTasks>>;

export const level: number = face.brightness.level;
// @ts-expect-error the task has no such result
face.brightness.colour;
