import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/base/record.ts';
import { checkByteLength, checkPixelCount, unknownImage } from '../../src/image/decode-limits.ts';

const LIMITS = { maxPixels: 6, maxBytes: 10 };

describe('the limits of photos', () => {
  it('allow exactly as much as they say', () => {
    checkByteLength('photo.jpg', 10, LIMITS);
    checkPixelCount('photo.jpg', { width: 3, height: 2 }, LIMITS);
  });

  it.each([
    ['photo.jpg is empty', () => checkByteLength('photo.jpg', 0, LIMITS)],
    ['photo.jpg has 11 bytes, .*10.*maxBytes', () => checkByteLength('photo.jpg', 11, LIMITS)],
    ['photo.jpg .*6 pixels.*maxPixels', () => checkPixelCount('photo.jpg', { width: 7, height: 1 }, LIMITS)],
  ])('%s', (message, check) => {
    expect(check).toThrow(
      expect.objectContaining({ code: 'BAD_IMAGE', message: expect.stringMatching(new RegExp(message)) }),
    );
  });

  it.each([null, undefined, 1, {}])('name what cannot be decoded: %j', (image) => {
    const { code, message } = unknownImage(image, 'a path or bytes');
    expect(code).toBe('BAD_IMAGE');
    expect(message).toContain(`cannot decode ${kindOf(image)}`);
    expect(message).toMatch(/pass a path or bytes$/);
  });
});
