import { readFile } from 'node:fs/promises';
import { openCheckpoint, openPluginCheckpoint } from '@facexformer/core';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { eyeglassesWeights } from 'task-eyeglasses';
import { describe } from './use.js';

const weights = await openPluginCheckpoint(await fileSource(new URL(eyeglassesWeights)));
const checkpoint = await openCheckpoint(await fileSource(miniModel));
console.log(
  JSON.stringify(
    await describe(nodeRuntime({ device: 'cpu' }), checkpoint, weights, await readFile('photo.png')),
  ),
);
