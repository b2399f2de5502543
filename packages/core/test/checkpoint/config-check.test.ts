import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { checkConfig } from '../../src/checkpoint/config-check.js';

/** The released model, 224 x 224. */
const SWIN_B = {
  backbone: { family: 'swin', embedDim: 128, depths: [2, 2, 18, 2], heads: [4, 8, 16, 32], window: 7 },
  decoder: { dim: 256, heads: 8, mlpDim: 2048, depth: 2 },
  tasks: [{ name: 'parsing', tokens: 11 }],
  input: { height: 224, width: 224 },
  normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  crop: { margin: 0.25, square: false },
};
const convnet = { family: 'convnet', stem: 16, widths: [16, 32, 64, 128], depths: [1, 2, 2, 1], expand: 0 };

function refusedField(config: Readonly<Record<string, unknown>>): unknown {
  try {
    checkConfig(config);
  } catch (error) {
    if (FaceXFormerError.isInstance(error, 'BAD_CHECKPOINT')) return error.details.field;
    throw error;
  }
  return undefined;
}

describe('checkConfig', () => {
  it.each([
    ['the released model', SWIN_B],
    ['a large input', { ...SWIN_B, input: { height: 1024, width: 1024 } }],
    ['a convolutional backbone', { ...SWIN_B, backbone: convnet }],
  ])('accepts %s', (_, config) => {
    expect(refusedField(config)).toBeUndefined();
  });

  const swin = (change: object) => ({ ...SWIN_B, backbone: { ...SWIN_B.backbone, ...change } });
  const decoder = (change: object) => ({ ...SWIN_B, decoder: { ...SWIN_B.decoder, ...change } });

  it.each([
    ['backbone.family', swin({ family: 'vit' })],
    ['backbone.depths', swin({ depths: [2, 2, 2] })],
    ['backbone.depths', swin({ depths: [2, 2, 1e6, 2] })],
    ['backbone.heads', swin({ heads: [3, 8, 16, 32] })],
    ['backbone', swin({ embedDim: '128' })],
    ['backbone.window', swin({ window: 6.5 })],
    ['backbone.window', swin({ window: 1000 })],
    ['backbone.window', { ...swin({ window: 32 }), input: { height: 2048, width: 1024 } }],
    ['input', { ...SWIN_B, input: { height: 65536, width: 65536 } }],
    ['input', { ...SWIN_B, input: { height: 1e9, width: 224 } }],
    ['input', { ...SWIN_B, backbone: convnet, input: { height: 4096, width: 4096 } }],
    ['decoder', decoder({ heads: 0 })],
    ['decoder.heads', decoder({ heads: 7 })],
    ['normalization', { ...SWIN_B, normalization: { ...SWIN_B.normalization, std: [0, 1, 1] } }],
    ['crop', { ...SWIN_B, crop: { margin: 1e300, square: false } }],
    ['crop', { ...SWIN_B, crop: { margin: 0.2, square: true, raise: Number.NaN } }],
    ['crop', { ...SWIN_B, crop: { margin: 0.2, square: true, raise: '0.1' } }],
    ['tasks', { ...SWIN_B, tasks: [] }],
    ['tasks', { ...SWIN_B, tasks: [{ name: 'parsing', tokens: 65536 }] }],
    ['decoder', { ...SWIN_B, decoder: undefined }],
  ])('refuses an unusable %s', (field, config) => {
    expect(refusedField(config)).toBe(field);
  });
});
