import { type ModelConfig, VOCABULARIES, type Vocabulary } from '@facexformer/core';
import { allTasks } from '@facexformer/tasks';
import { binCentres } from '../packages/tasks/age/src/bins.js';
import type { StepPlan } from '../packages/train/src/step/step.js';

/** Recipe of the mini model: architecture, batch and losses. */
const tasks = allTasks();

const model = (size: number): ModelConfig => ({
  backbone: {
    family: 'convnet',
    stem: 24,
    widths: [32, 64, 144, 256],
    depths: [2, 3, 5, 2],
    expand: 0,
  },
  decoder: { dim: 96, heads: 4, mlpDim: 256, depth: 2 },
  tasks: tasks.map(({ name, tokens }) => ({ name, tokens })),
  input: { height: size, width: size },
  normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  crop: { margin: 0.22, square: true },
});

const AGES = [
  '0-2', '3-6', '7-11', '12-16', '17-20', '21-23', '24-26', '27-29', '30-33', '34-37', '38-42', '43-47',
  '48-52', '53-57', '58-62', '63-67', '68-72', '73-77', '78-82', '83-89', '90-110',
]; // biome-ignore format: a list

const ageBins: Vocabulary = { id: 'ages-21@1', labels: AGES };

/** Faces of one set in every batch, in row order; sets with masks come first. */
export const SLOTS = [
  { set: 'celebamask', rows: 8 },
  { set: 'landmarks68', rows: 6 },
  { set: 'celeba', rows: 12 },
  { set: 'utkface', rows: 20 },
  { set: 'fer2013', rows: 18 },
] as const;

/** The plan for a square input; weights fit any multiple of 32. */
export const miniPlan = (size: number): StepPlan => ({
  model: model(size),
  tasks,
  vocabularies: { ...VOCABULARIES, age: ageBins },
  shape: {
    batch: SLOTS.reduce((sum, { rows }) => sum + rows, 0),
    masks: SLOTS[0].rows,
    size,
    ageCentres: binCentres(ageBins),
  },
  seed: 1,
  weights: {
    parsing: 4,
    landmarks: 12,
    headPose: 4,
    visibility: 0.3,
    attributes: 1.5,
    age: 0.6,
    gender: 1,
    race: 1,
    expression: 1,
  },
  weightDecay: 0.03,
  clip: 2,
});
