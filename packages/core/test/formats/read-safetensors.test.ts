import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { bytesSource } from '../../src/formats/byte-source.js';
import { readStored } from '../../src/formats/dtype.js';
import { readSafetensorsHeader } from '../../src/formats/read-safetensors.js';

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

/** safetensors 0.8.0 in Python: `save({'b': float32 [[1, 2], [3, 4]], 'a': int8 [-1, 5]}, {'by': 'python'})`. */
const BY_PYTHON =
  '90000000000000007b225f5f6d657461646174615f5f223a7b226279223a22707974686f6e227d2c2262223a7b226474797065223a2246' +
  '3332222c227368617065223a5b322c325d2c22646174615f6f666673657473223a5b302c31365d7d2c2261223a7b226474797065223a22' +
  '4938222c227368617065223a5b325d2c22646174615f6f666673657473223a5b31362c31385d7d7d20200000803f000000400000404000' +
  '008040ff05';

describe('readSafetensorsHeader', () => {
  it('finds tensors and metadata, whatever the names hold', async () => {
    const { tensors, metadata } = await readSafetensorsHeader(
      bytesSource(file(`{"a \\"{[":${entry(0, 4)},"__metadata__":{"a":"{","b":"a"},"":${entry(4, 8)}}`)),
    );
    expect([...tensors.keys()]).toEqual(['a "{[', '']);
    expect(metadata).toEqual({ a: '{', b: 'a' });
  });

  it('reads what the Python package writes', async () => {
    const source = bytesSource(new Uint8Array(Buffer.from(BY_PYTHON, 'hex')));
    const { tensors, metadata } = await readSafetensorsHeader(source);
    expect(metadata).toEqual({ by: 'python' });
    expect([...(await readStored(source, tensors.get('b')!))]).toEqual([1, 2, 3, 4]);
    expect([...(await readStored(source, tensors.get('a')!))]).toEqual([-1, 5]);
  });

  it.each([
    ['a name that comes twice', `{"x":${entry(0, 4)},"\\u0078":${entry(4, 8)}}`, 'two tensors are named "x"'],
    ['an overlap', `{"a":${entry(0, 4)},"b":${entry(2, 6)}}`, '"b" overlaps'],
    ['an end behind the file', `{"a":${entry(8, 12)}}`, '"a" ends beyond the end'],
    ['a length that does not fit the shape', `{"a":${entry(0, 8)}}`, '"a" of shape [1] needs 4 bytes'],
    ['a backward range', `{"a":${entry(4, 0)}}`, '"a"'],
    ['a negative size', `{"a":${entry(0, 4, '[-1]')}}`, '"a" has a shape or data_offsets'],
    ['a huge size', `{"a":${entry(0, 4, '[1e30]')}}`, '"a" has a shape or data_offsets'],
    ['a product that overflows', `{"a":${entry(0, 4, '[9e15,9e15,9e15]')}}`, '"a" of shape'],
    ['no offsets', '{"a":{"dtype":"F32","shape":[1]}}', '"a" lacks'],
    ['an entry that is no object', '{"a":7}', '"a" lacks'],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', '__metadata__'],
    ['a list', '[1]', 'not an object'],
    ['broken JSON', '{"a":', 'not JSON'],
    ['deep nesting', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nests too deep'],
  ])('refuses %s, naming it', async (_, json, text) => {
    const message = await refusal(file(json));
    expect(message).toContain('BAD_CHECKPOINT');
    expect(message).toContain(text);
  });

  it.each(['F64', 'toString', '__proto__'])('refuses the dtype %s', async (dtype) => {
    expect(await refusal(file(`{"a":${entry(0, 4, '[1]', dtype)}}`))).toMatch(
      /^(UNSUPPORTED|BAD_CHECKPOINT) /,
    );
  });

  it.each([
    ['<!DOCTYPE html><html><body>Not found</body></html>', 'a web page'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:0', 'git lfs pull'],
    ['{"tensors": []}', 'JSON'],
    ['\x89PNG\r\n\x1a\n0000', 'a picture'],
    ['\x08\x07\x12\x07pytorch', 'an ONNX model'],
  ])('says what %j is instead', async (start, kind) => {
    expect(await refusal(Uint8Array.from(Buffer.from(start, 'latin1')))).toContain(kind);
  });

  it('does not believe the length of the header', async () => {
    expect(await refusal(file('{}', 2 ** 53))).toContain('claims');
    expect(await refusal(file('{}', 11))).toContain('cut off');
    expect(await refusal(new Uint8Array(0))).toContain('only 0 bytes');
  });
});
