import { FaceXFormerError } from '../base/errors.js';
import { decodeUtf8 } from '../base/utf8.js';
import type { ByteSource } from './byte-source.js';
import { crc32 } from './crc32.js';

/** An uncompressed file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** CRC-32 of its bytes. */
  readonly crc: number;
  /** Offset of its local header. */
  readonly header: number;
  /** Where what lies behind it starts: another entry or the directory. */
  readonly limit: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LARGEST_DIRECTORY = 16 * 1024 * 1024;
/** Bytes read at a time. */
const CHUNK = 8 * 1024 * 1024;

const broken = (message: string): FaceXFormerError =>
  new FaceXFormerError('BAD_CHECKPOINT', `not a usable torch checkpoint: ${message}`);

async function readView(source: ByteSource, offset: number, length: number): Promise<DataView> {
  if (!(offset >= 0 && offset + length <= source.size)) throw broken('the archive is truncated');
  const bytes = await source.read(offset, length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/**
 * Lists a zip archive (also zip64) by its central directory.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when it is truncated or malformed, `UNSUPPORTED` when compressed.
 */
export async function listZip(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, size, count } = await findDirectory(source);
  if (size > LARGEST_DIRECTORY)
    throw broken(`its directory claims ${size} bytes, more than ${LARGEST_DIRECTORY}`);
  const view = await readView(source, offset, size);
  const entries = new Map<string, Omit<ZipEntry, 'limit'>>();
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > size || view.getUint32(at, true) !== CENTRAL) throw broken('its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > size) throw broken('its directory is damaged');
    const name = decodeUtf8(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    if (view.getUint16(at + 10, true) !== 0) {
      throw new FaceXFormerError(
        'UNSUPPORTED',
        `"${name}" in the archive is compressed: save the checkpoint with torch.save, which does not compress`,
      );
    }
    if (entries.has(name)) throw broken(`it holds "${name}" twice`);
    const crc = view.getUint32(at + 16, true);
    entries.set(name, { name, crc, ...sizesOf(view, at, nameLength, extraLength) });
    at = end;
  }
  return withLimits(entries, offset);
}

function withLimits(
  entries: ReadonlyMap<string, Omit<ZipEntry, 'limit'>>,
  directory: number,
): ReadonlyMap<string, ZipEntry> {
  const placed = [...entries.values()].sort((a, b) => a.header - b.header);
  if (placed.some(({ header }) => header > directory)) throw broken('its directory is damaged');
  return new Map(
    placed.map((entry, index) => [entry.name, { ...entry, limit: placed[index + 1]?.header ?? directory }]),
  );
}

async function findDirectory(source: ByteSource): Promise<{ offset: number; size: number; count: number }> {
  const length = Math.min(source.size, 65_557);
  const start = source.size - length;
  const tail = await readView(source, start, length);
  let at = length - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw broken('the archive is truncated, its directory is missing');
  const plain = {
    offset: tail.getUint32(at + 16, true),
    size: tail.getUint32(at + 12, true),
    count: tail.getUint16(at + 10, true),
  };
  if (at < 20 || tail.getUint32(at - 20, true) !== END64_LOCATOR) return plain;
  const wide = await readView(source, big(tail, at - 12), 56);
  return { offset: big(wide, 48), size: big(wide, 40), count: big(wide, 32) };
}

/** Size and place of a directory entry; values that do not fit into 32 bits are in the zip64 extra field. */
function sizesOf(
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
): Pick<ZipEntry, 'size' | 'header'> {
  let size = view.getUint32(at + 24, true);
  let header = view.getUint32(at + 42, true);
  const stored = view.getUint32(at + 20, true);
  const end = at + 46 + nameLength + extraLength;
  for (let extra = at + 46 + nameLength; extra + 4 <= end; ) {
    const next = extra + 4 + view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      let field = extra + 4;
      const take = (current: number): number => {
        if (current !== 0xffffffff) return current;
        if (field + 8 > Math.min(next, end)) throw broken('its directory is damaged');
        field += 8;
        return big(view, field - 8);
      };
      size = take(size);
      take(stored);
      header = take(header);
    }
    extra = next;
  }
  return { size, header };
}

/** In the flags of an entry: its sizes and its CRC follow its bytes, and are zero in the header before them. */
const SIZES_FOLLOW = 8;

/**
 * Where the bytes of an entry start. The header before them must say the same as the directory, and they must end before
 * the next entry.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT`.
 */
export async function dataOffset(source: ByteSource, entry: ZipEntry): Promise<number> {
  const { name, header, size, crc, limit } = entry;
  const view = await readView(source, header, 30);
  if (view.getUint32(0, true) !== LOCAL) throw broken(`the header of "${name}" is damaged`);
  const nameLength = view.getUint16(26, true);
  const offset = header + 30 + nameLength + view.getUint16(28, true);
  if (offset + size > limit) throw broken(`"${name}" overlaps what lies behind it`);
  const sizes = [18, 22].map((at) => view.getUint32(at, true));
  const isSame =
    decodeUtf8(await source.read(header + 30, nameLength)) === name &&
    view.getUint16(8, true) === 0 &&
    ((view.getUint16(6, true) & SIZES_FOLLOW) !== 0 ||
      (view.getUint32(14, true) === crc && sizes.every((own) => own === size || own === 0xffffffff)));
  if (!isSame) throw broken(`the header of "${name}" differs from the directory`);
  return offset;
}

/** Compares the bytes of an entry with its CRC-32. @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export async function checkEntry(source: ByteSource, entry: ZipEntry): Promise<void> {
  const start = await dataOffset(source, entry);
  let crc = 0;
  for (let at = 0; at < entry.size; at += CHUNK) {
    crc = crc32(await source.read(start + at, Math.min(CHUNK, entry.size - at)), crc);
  }
  if (crc !== entry.crc)
    throw broken(`"${entry.name}" is damaged, its CRC-32 differs: fetch or save it again`);
}
