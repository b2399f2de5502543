import { readFileSync } from 'node:fs';
import { fixtureJson, fixturePath } from '@facexformer/test-utils/load';
import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { type ByteSource, bytesSource } from '../../src/formats/byte-source.js';
import { crc32 } from '../../src/formats/crc32.js';
import { isTorchZip } from '../../src/formats/is-torch-zip.js';
import { readTorchZip } from '../../src/formats/torch-zip.js';

interface Expected {
  readonly shape: readonly number[];
  readonly first: readonly number[];
  readonly sum: number;
}

const bytes = new Uint8Array(readFileSync(fixturePath('mini_ckpt.pt')));

describe('readTorchZip', () => {
  it('reads a checkpoint written by torch.save exactly, strided views and half precision included', async () => {
    const { tensors, read } = await readTorchZip(bytesSource(bytes));
    const expected = fixtureJson<Record<string, Expected>>('mini_ckpt.json');
    expect([...tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { shape, first, sum }] of Object.entries(expected)) {
      const values = await read(name);
      expect(tensors.get(name)!.shape, name).toEqual(shape);
      expect([...values.slice(0, first.length)], name).toEqual(first);
      expect(
        values.reduce((total, value) => total + value, 0),
        name,
      ).toBeCloseTo(sum, 6);
    }
  });

  it('answers every truncation with a typed error', async () => {
    for (let length = 4; length < bytes.length; length += 5003) {
      const cut = bytesSource(bytes.subarray(0, length));
      const error = await readTorchZip(cut).catch((reason: unknown) => reason);
      expect(FaceXFormerError.isInstance(error, 'BAD_CHECKPOINT'), `${length} bytes`).toBe(true);
    }
  });

  it('never fails untyped, whatever byte of the directory or pickle is damaged', async () => {
    for (let seed = 0; seed < 400; seed += 1) {
      const damaged = bytes.slice();
      const at = (seed * 7919) % damaged.length;
      damaged[at] = damaged[at]! ^ (1 << (seed % 8));
      const store = await readTorchZip(bytesSource(damaged)).catch((reason: unknown) => reason);
      if (store instanceof Error)
        expect(FaceXFormerError.isInstance(store), `byte ${at}: ${store}`).toBe(true);
    }
  });

  it('refuses files from before PyTorch 1.6 and says what to do', async () => {
    // torch.save(..., _use_new_zipfile_serialization=False): protocol 2, then the magic number
    const legacy = Uint8Array.of(
      0x80,
      2,
      0x8a,
      10,
      0x6c,
      0xfc,
      0x9c,
      0x46,
      0xf9,
      0x20,
      0x6a,
      0xa8,
      0x50,
      0x19,
      0x2e,
    );
    const error = await isTorchZip(bytesSource(legacy)).catch((reason: unknown) => reason);
    expect(FaceXFormerError.isInstance(error, 'UNSUPPORTED')).toBe(true);
    expect(String(error)).toContain('torch.save');
  });

  it('notices every bit of the weights that was turned over', async () => {
    const names = [...(await readTorchZip(bytesSource(bytes))).tensors];
    for (let seed = 0; seed < 60; seed += 1) {
      const [name, entry] = names[seed % names.length]!;
      const { offset, byteLength } = entry.storage ?? entry;
      const damaged = bytes.slice();
      const at = offset! + ((seed * 7919) % byteLength);
      damaged[at] = damaged[at]! ^ (1 << (seed % 8));
      const store = await readTorchZip(bytesSource(damaged));
      for (const work of [store.read(name), store.verify!()]) {
        await expect(work, name).rejects.toMatchObject({
          code: 'BAD_CHECKPOINT',
          message: expect.stringContaining('CRC-32'),
        });
      }
    }
  });

  it('refuses archives that contradict themselves', async () => {
    const plain = torchBytes('\x80\x02}.');
    const changes: readonly (readonly [at: number, byte: number, text: string])[] = [
      [30, 0x6e, 'differs from the directory'], // the name in a local header
      [14, 1, 'differs from the directory'], // its CRC
      [28, 200, 'overlaps'], // its extra field reaches into the next entry
      [plain.lastIndexOf('m/data.pkl') - 46 + 24, 60, 'overlaps'], // the size in the directory
    ];
    for (const [at, byte, text] of changes) {
      const changed = Uint8Array.from(plain);
      changed[at] = byte;
      const error = await readTorchZip(bytesSource(changed)).catch((reason: unknown) => reason);
      expect(error, text).toMatchObject({ code: 'BAD_CHECKPOINT', message: expect.stringContaining(text) });
    }
  });

  it('refuses pickles that call, repeat without end or name tensors by tuples', async () => {
    const tensor = (start: string, shape: string, strides: string): string =>
      `ctorch._utils\n_rebuild_tensor_v2\n(${STORAGE}Q${start}${shape}${strides}\x89}tR`;
    const weights = (name: string, value: string): string => `\x80\x02}${name}${value}s.`;
    const plain = tensor('K\x00', 'K\x01\x85', 'K\x01\x85');
    for (const zip64 of [false, true]) {
      const { tensors, read } = await readTorchZip(torchFile(weights(A, plain), { zip64 }));
      expect(tensors.get('a')!.shape).toEqual([1]);
      expect([...(await read('a'))]).toEqual([0.5]);
    }
    const cases: readonly (readonly [pickle: string, text: string])[] = [
      [weights(A, 'cposix\nsystem\nX\x02\x00\x00\x00ls\x85R'), 'BAD_PICKLE posix.system'],
      [weights(A, tensor('K\x02', 'K\x01\x85', 'K\x01\x85')), 'BAD_CHECKPOINT "a"'],
      [weights(A, tensor('J\xff\xff\xff\xff', 'K\x01\x85', 'K\x01\x85')), 'BAD_PICKLE impossible'],
      [weights(A, tensor('K\x00', 'K\x01\x85', ')')), 'BAD_PICKLE impossible'],
      [weights(A, tensor('K\x00', 'J\xff\xff\xff\x7f\x85', 'K\x00\x85')), 'BAD_CHECKPOINT "a"'],
      [weights(A, tensor('K\x00', '(M\x00\x40M\x00\x40t', '(K\x00K\x00t')), 'BAD_CHECKPOINT 4 times'],
      [
        weights(A, tensor('K\x00', `(${'K\x01'.repeat(65)}t`, `(${'K\x01'.repeat(65)}t`)),
        'BAD_PICKLE impossible',
      ],
      [weights('K\x01\x85', plain), 'BAD_PICKLE the name of a tensor'],
      [weights(A, 'K\x01'), 'BAD_CHECKPOINT no tensors'],
      ['\x80\x02].', 'BAD_CHECKPOINT dictionary'],
    ];
    for (const [pickle, text] of cases) {
      const error = await readTorchZip(torchFile(pickle)).catch((reason: unknown) => reason);
      const [code, part] = text.split(/ (.*)/) as [string, string];
      expect(error, text).toMatchObject({ code });
      expect(String(error)).toContain(part);
    }
  });
});

const A = 'X\x01\x00\x00\x00a';
/** The persistent id of storage "0": one float. */
const STORAGE = '(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x01t';

/** A stored zip archive of a pickle and one storage of one float; zip64 moves every size and offset to wide fields. */
const torchFile = (...archive: Parameters<typeof torchBytes>): ByteSource =>
  bytesSource(new Uint8Array(torchBytes(...archive)));

function torchBytes(pickle: string, { zip64 = false } = {}): Buffer {
  const files = [
    ['m/data.pkl', Buffer.from(pickle, 'latin1')],
    ['m/data/0', Buffer.of(0, 0, 0, 0x3f)], // 0.5
  ] as const;
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    listed.writeUInt32LE(offset, 42);
    for (const [header, at] of [
      [head, 14],
      [listed, 16],
    ] as const) {
      header.writeUInt32LE(crc32(data), at);
      header.writeUInt32LE(data.length, at + 4);
      header.writeUInt32LE(data.length, at + 8);
      header.writeUInt16LE(name.length, at + 12);
    }
    local.push(head, Buffer.from(name), data);
    central.push(listed, Buffer.from(name));
    if (zip64) {
      const extra = Buffer.alloc(28); // id 1: size, stored size, offset
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      for (const [at, value] of [data.length, data.length, offset].entries()) {
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at);
      }
      listed.writeUInt16LE(extra.length, 30);
      for (const at of [20, 24, 42]) listed.writeUInt32LE(0xffffffff, at);
      central.push(extra);
    }
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  if (!zip64) return Buffer.concat([...local, directory, end]);
  const wide = Buffer.alloc(56 + 20); // the zip64 end record, then its locator
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(BigInt(files.length), 32);
  wide.writeBigUInt64LE(BigInt(directory.length), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  wide.writeUInt32LE(0x07064b50, 56);
  wide.writeBigUInt64LE(BigInt(offset + directory.length), 64);
  end.writeUInt16LE(0xffff, 10);
  for (const at of [12, 16]) end.writeUInt32LE(0xffffffff, at);
  return Buffer.concat([...local, directory, wide, end]);
}
