import { describe, expect, it } from 'vitest';
import { readSafetensorsHeader } from '../../src/checkpoint/read-safetensors.js';
import { bytesSource } from '../../src/checkpoint/source.js';
import { FaceXFormerError } from '../../src/errors.js';

/** A file with this header and 8 bytes of data; `claim` lies about the length of the header. */
function file(json: string, claim = json.length): Uint8Array {
  const bytes = new Uint8Array(8 + json.length + 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claim), true);
  bytes.set(new TextEncoder().encode(json), 8);
  return bytes;
}

const entry = (from: number, to: number, shape = '[1]', dtype = 'F32'): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;

async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await readSafetensorsHeader(bytesSource(bytes)).catch((reason: unknown) => reason);
  return FaceXFormerError.isInstance(error) ? `${error.code} ${error.message}` : `untyped: ${String(error)}`;
}

/** `safetensors.numpy.save({'b': float32 [[1, 2], [3, 4]], 'a': int8 [-1, 5]}, {'by': 'python'})`, safetensors 0.4. */
const BY_PYTHON =
  '{"__metadata__":{"by":"python"},"b":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},' +
  '"a":{"dtype":"I8","shape":[2],"data_offsets":[16,18]}}';

describe('readSafetensorsHeader', () => {
  it('finds tensors and metadata, whatever the names hold', async () => {
    const { tensors, metadata } = await readSafetensorsHeader(
      bytesSource(file(`{"a \\"{[":${entry(0, 4)},"__metadata__":{"a":"{","b":"a"},"":${entry(4, 8)}}`)),
    );
    expect([...tensors.keys()]).toEqual(['a "{[', '']);
    expect(metadata).toEqual({ a: '{', b: 'a' });
  });

  it.each([
    ['a name that comes twice', `{"x":${entry(0, 4)},"\\u0078":${entry(4, 8)}}`, '"x" stands there twice'],
    ['an overlap', `{"a":${entry(0, 4)},"b":${entry(2, 6)}}`, '"b" overlaps'],
    ['an end behind the file', `{"a":${entry(8, 12)}}`, '"a" ends behind the end'],
    ['a length that does not fit the shape', `{"a":${entry(0, 8)}}`, '"a" of shape [1] needs 4 bytes'],
    ['a backward range', `{"a":${entry(4, 0)}}`, '"a"'],
    ['a negative size', `{"a":${entry(0, 4, '[-1]')}}`, '"a" has impossible numbers'],
    ['a huge size', `{"a":${entry(0, 4, '[1e30]')}}`, '"a" has impossible numbers'],
    ['a product that overflows', `{"a":${entry(0, 4, '[9e15,9e15,9e15]')}}`, '"a" of shape'],
    ['no offsets', '{"a":{"dtype":"F32","shape":[1]}}', '"a" lacks'],
    ['an entry that is no object', '{"a":7}', '"a" lacks'],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', '__metadata__'],
    ['a list', '[1]', 'not an object'],
    ['broken JSON', '{"a":', 'not JSON'],
    ['deep nesting', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, '"a" lacks'],
  ])('refuses %s, naming it', async (_, json, text) => {
    const message = await refusal(file(json));
    expect(message).toContain('BAD_CHECKPOINT');
    expect(message).toContain(text);
  });

  it.each(['F64', 'toString', '__proto__'])('refuses the dtype %s', async (dtype) => {
    expect(await refusal(file(`{"a":${entry(0, 4, '[1]', dtype)}}`))).toMatch(/^(UNSUPPORTED|BAD_CHECKPOINT) /);
  });

  it('does not believe the length of the header', async () => {
    expect(await refusal(file('{}', 2 ** 53))).toContain('claims');
    expect(await refusal(file('{}', 11))).toContain('cut off');
    expect(await refusal(new Uint8Array(0))).toContain('too few');
  });
});
