import { FaceXFormerError } from '../base/errors.js';
import { forEachOffset, stridesOf } from '../base/strides.js';
import { sizeOf } from '../base/tensor.js';
import { decodeUtf8 } from '../base/utf8.js';
import type { ByteSource } from './byte-source.js';
import { BYTES_PER_VALUE, readStored } from './dtype.js';
import { type Pickled, type PickledObject, readPickle } from './pickle.js';
import type { StoredDtype, StoredRange, TensorEntry, TensorStore } from './tensor-entry.js';
import { checkEntry, dataOffset, listZip, type ZipEntry } from './zip.js';

const STORAGES: Readonly<Record<string, StoredDtype | 'F64' | 'I16'>> = {
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.DoubleStorage': 'F64',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'U8',
};

const CALLABLE = new Set([
  'collections.OrderedDict',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'torch.Size',
  'torch.device',
]);

/** Keys under which training scripts keep the weights, the released checkpoint's first. */
const WEIGHT_KEYS = ['state_dict_backbone', 'state_dict', 'model'];
const LARGEST_PICKLE = 64 * 1024 * 1024;
/** Views may repeat a storage without end: all tensors together may have this many bytes for each of the file. */
const MOST_GROWTH = 4;
const MOST_AXES = 64; // PyTorch's own limit

interface Storage extends PickledObject {
  readonly kind: 'storage';
  readonly dtype: StoredDtype | 'F64' | 'I16';
  readonly key: string;
  readonly count: number;
}

interface TorchTensor extends PickledObject {
  readonly kind: 'tensor';
  readonly storage: Storage;
  readonly start: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/**
 * The weights of a torch checkpoint, without executing its pickle; optimizer state is never read. Reading a tensor
 * compares its storage with the CRC-32 of the archive, and throws `BAD_CHECKPOINT` where they differ.
 * @throws {FaceXFormerError} `BAD_PICKLE`, `BAD_CHECKPOINT`, `UNSUPPORTED`.
 */
export async function readTorchZip(source: ByteSource): Promise<TensorStore> {
  const entries = await listZip(source);
  const pickleName = [...entries.keys()].find((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
  if (!pickleName)
    throw new FaceXFormerError('BAD_CHECKPOINT', 'the archive holds no data.pkl: not made by torch.save');
  const root = pickleName.slice(0, -'data.pkl'.length);
  const order = entries.get(`${root}byteorder`);
  if (order && decodeUtf8(await readEntry(source, order)) !== 'little') {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'the checkpoint was saved on a big-endian machine: save it on a little-endian one',
    );
  }
  const weights = findWeights(
    readPickle(await readEntry(source, entries.get(pickleName)!), { global, call, persistent }),
  );
  const tensors = new Map<string, TensorEntry>();
  const strided = new Map<string, TorchTensor>();
  let room = MOST_GROWTH * source.size;
  for (const [name, tensor] of weights) {
    const entry = await place(name, tensor, source, entries, root);
    room -= entry.byteLength;
    if (!(room >= 0)) throw tooLarge(name);
    tensors.set(name, entry);
    if (!isContiguous(tensor)) strided.set(name, tensor);
  }
  const checks = new Map<string, Promise<void>>();
  const check = (key: string): Promise<void> => {
    const checking = checks.get(key) ?? checkEntry(source, entries.get(`${root}data/${key}`)!);
    checks.set(key, checking);
    return checking;
  };
  return {
    tensors,
    async read(name) {
      const entry = tensors.get(name);
      if (!entry) throw new FaceXFormerError('MISSING_TENSOR', `the checkpoint has no tensor "${name}"`);
      await check(weights.get(name)!.storage.key);
      const view = strided.get(name);
      return view && entry.storage
        ? gatherStrided(view, await readStored(source, entry.storage))
        : readStored(source, entry as StoredRange);
    },
    async verify() {
      for (const { storage } of weights.values()) await check(storage.key);
    },
  };
}

async function readEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  if (entry.size > LARGEST_PICKLE)
    throw new FaceXFormerError('BAD_CHECKPOINT', `its pickle claims ${entry.size} bytes`);
  await checkEntry(source, entry);
  return source.read(await dataOffset(source, entry), entry.size);
}

const global = (name: string): PickledObject | undefined =>
  name in STORAGES || CALLABLE.has(name) || /^torch\.(float|bfloat|int|uint)\d+$|^torch\.bool$/.test(name)
    ? { kind: name }
    : undefined;

function call(target: Pickled, args: readonly Pickled[]): Pickled | undefined {
  switch ((target as PickledObject | null)?.kind) {
    case 'collections.OrderedDict':
      return args.length === 0 ? new Map() : undefined;
    case 'torch._utils._rebuild_tensor_v2':
      return rebuildTensor(args);
    case 'torch._utils._rebuild_parameter':
    case 'torch.Size':
    case 'torch.device':
      return args[0];
    default:
      return undefined;
  }
}

const tooLarge = (name: string): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_CHECKPOINT',
    `up to "${name}", the tensors have more than ${MOST_GROWTH} times the bytes of the file: save them contiguous`,
  );

const bad = (message: string): FaceXFormerError => new FaceXFormerError('BAD_PICKLE', message);
const isCounts = (value: Pickled | undefined): value is readonly number[] =>
  Array.isArray(value) &&
  value.length <= MOST_AXES &&
  value.every((item) => Number.isSafeInteger(item) && item >= 0);

function rebuildTensor([storage, start, shape, strides]: readonly Pickled[]): TorchTensor {
  const known = (storage as PickledObject | null)?.kind === 'storage';
  if (
    !known ||
    !isCounts([start!]) ||
    !isCounts(shape) ||
    !isCounts(strides) ||
    shape.length !== strides.length
  ) {
    throw bad('a tensor is described with impossible numbers');
  }
  return { kind: 'tensor', storage: storage as Storage, start: start as number, shape, strides };
}

function persistent(id: Pickled): Storage {
  const [tag, type, key, , count] = Array.isArray(id) ? (id as readonly Pickled[]) : [];
  const dtype = STORAGES[(type as PickledObject | null | undefined)?.kind ?? ''];
  if (tag !== 'storage' || !dtype || typeof key !== 'string' || !isCounts([count!])) {
    throw bad('a persistent id is not a tensor storage');
  }
  return { kind: 'storage', dtype, key, count: count as number };
}

function findWeights(root: Pickled): ReadonlyMap<string, TorchTensor> {
  if (!(root instanceof Map))
    throw new FaceXFormerError('BAD_CHECKPOINT', 'the checkpoint is not a dictionary');
  const key = WEIGHT_KEYS.find((name) => root.get(name) instanceof Map);
  const weights = key === undefined ? root : (root.get(key) as Map<Pickled, Pickled>);
  const tensors = [...weights].filter(([, value]) => (value as PickledObject | null)?.kind === 'tensor');
  if (tensors.length === 0) throw new FaceXFormerError('BAD_CHECKPOINT', 'the checkpoint holds no tensors');
  if (!tensors.every(([name]) => typeof name === 'string')) throw bad('the name of a tensor is not a string');
  return new Map(tensors as [string, TorchTensor][]);
}

/** Row-major without gaps; the stride of an axis of one element does not matter. */
function isContiguous({ shape, strides }: TorchTensor): boolean {
  const plain = stridesOf(shape);
  return shape.every((dim, axis) => dim === 1 || strides[axis] === plain[axis]);
}

async function place(
  name: string,
  tensor: TorchTensor,
  source: ByteSource,
  entries: ReadonlyMap<string, ZipEntry>,
  root: string,
): Promise<TensorEntry> {
  const { storage, start, shape, strides } = tensor;
  const { dtype } = storage;
  if (dtype === 'F64' || dtype === 'I16') {
    throw new FaceXFormerError('UNSUPPORTED', `tensor "${name}" is stored as ${dtype}: save it as float32`);
  }
  const width = BYTES_PER_VALUE[dtype];
  const entry = entries.get(`${root}data/${storage.key}`);
  const last = shape.reduce((sum, dim, axis) => sum + (dim - 1) * strides[axis]!, start);
  if (!entry || entry.size < storage.count * width || (sizeOf(shape) > 0 && last >= storage.count)) {
    throw new FaceXFormerError('BAD_CHECKPOINT', `the storage of tensor "${name}" is missing or too short`);
  }
  const offset = await dataOffset(source, entry);
  if (isContiguous(tensor)) {
    return { dtype, shape, offset: offset + start * width, byteLength: sizeOf(shape) * width };
  }
  const whole = { dtype, shape: [storage.count], offset, byteLength: storage.count * width };
  return { dtype, shape, byteLength: sizeOf(shape) * width, storage: whole };
}

function gatherStrided({ start, shape, strides }: TorchTensor, storage: Float32Array): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  forEachOffset(shape, strides, (offset, index) => {
    values[index] = storage[start + offset]!;
  });
  return values;
}
