const COEFFICIENTS = 64;

/**
 * Whether a JPEG has all the scans that it is made of. A progressive one sends each coefficient in several scans, down to
 * its last bit; cut between two of them and ended by a marker, it decodes without a warning, blurred. True for all others,
 * which a decoder judges.
 */
export function hasAllScans(bytes: Uint8Array): boolean {
  /** Bits that are missing of each coefficient, by the number of its component; none before the frame's head. */
  const missing = new Map<number, Uint8Array>();
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at += 1; // padding
    } else if (marker === EOI) {
      break;
    } else {
      const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
      const segment = bytes.subarray(at + 4, end);
      if (isFrame(marker)) {
        if (!PROGRESSIVE.has(marker)) return true;
        for (let i = 6; i + 2 < segment.length; i += 3)
          missing.set(segment[i]!, new Uint8Array(COEFFICIENTS).fill(1));
      }
      if (marker === SOS) refine(missing, segment);
      at = marker === SOS ? nextMarker(bytes, end) : Math.max(end, at + 2);
    }
  }
  return [...missing.values()].every((bits) => bits.every((bit) => bit === 0));
}

const EOI = 0xd9;
const SOS = 0xda;
/** Of Huffman and of arithmetic coding. */
const PROGRESSIVE = new Set([0xc2, 0xca]);

/** SOF0 to SOF15, among which three markers are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Head of a scan: count, (component, tables) each, first and last coefficient, and bits before and after as nibbles. */
function refine(missing: ReadonlyMap<number, Uint8Array>, segment: Uint8Array): void {
  const count = segment[0] ?? 0;
  const [first = 0, last = 0, bits = 0] = segment.subarray(1 + 2 * count);
  for (let i = 0; i < count; i += 1) missing.get(segment[1 + 2 * i] ?? 0)?.fill(bits & 15, first, last + 1);
}

/** The next marker behind the data of a scan, in which 0xff is followed by 0 or is a restart. */
function nextMarker(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0 && (bytes[at + 1] === 0 || (bytes[at + 1]! >= 0xd0 && bytes[at + 1]! <= 0xd7))) {
    at = bytes.indexOf(0xff, at + 2);
  }
  return at < 0 ? bytes.length : at;
}
