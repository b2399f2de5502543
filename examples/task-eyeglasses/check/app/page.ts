import { openCheckpoint, openPluginCheckpoint } from '@facexformer/core';
import { miniModel } from '@facexformer/model-mini';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { eyeglassesWeights } from 'task-eyeglasses';
import { describe } from './use.js';

const weights = await openPluginCheckpoint(await urlSource(eyeglassesWeights));
const checkpoint = await openCheckpoint(await urlSource(miniModel));
const photo = await (await fetch('/photo.png')).blob();
const answer = describe(webRuntime({ device: 'wasm' }), checkpoint, weights, photo);
document.title = await answer.then(JSON.stringify, (error) => `failed: ${error}`);
