import { FaceXFormerError } from '../base/errors.js';
import { decodeUtf8 } from '../base/utf8.js';

/** What a pickle may hold here. Tuples and lists are arrays, dictionaries maps. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Pickled[]
  | Map<Pickled, Pickled>
  | PickledObject;

/** A value that the host made for a global, a call or a persistent id. */
export interface PickledObject {
  readonly kind: string;
}

/** All that the interpreter can reach: by itself, it looks nothing up and calls nothing. */
export interface PickleHost {
  /** A value for `module.name`, or undefined to refuse it. */
  global(name: string): PickledObject | undefined;
  /** The result of calling a global, or undefined to refuse it. */
  call(target: Pickled, args: readonly Pickled[]): Pickled | undefined;
  persistent(id: Pickled): Pickled;
}

/** Each opcode makes one value at most. A checkpoint has some 40 for a tensor, optimizer state included. */
const MOST_OPCODES = 2 ** 19;

const refuse = (message: string): FaceXFormerError =>
  new FaceXFormerError('BAD_PICKLE', `refused to read the pickle: ${message}`);

/**
 * Interprets the opcodes that `torch.save` writes (protocols 2 to 5). Nothing is ever executed; every other opcode
 * is refused by name, and so is every global that `host` does not know.
 * @throws {FaceXFormerError} `BAD_PICKLE`.
 */
export function readPickle(bytes: Uint8Array, host: PickleHost): Pickled {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const memo = new Map<number, Pickled>();
  const stack: Pickled[] = [];
  const marks: number[] = [];
  let at = 0;

  const take = (count: number): number => {
    if (!(count >= 0 && at + count <= bytes.length)) throw refuse('it is truncated');
    at += count;
    return at - count;
  };
  const byte = (): number => bytes[take(1)]!;
  const uint32 = (): number => view.getUint32(take(4), true);
  const blob = (length: number): Uint8Array => {
    const start = take(length);
    return bytes.subarray(start, start + length);
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw refuse('it is truncated');
    return decodeUtf8(blob(end - at + 1).subarray(0, -1));
  };
  const pop = (): Pickled => {
    if (stack.length <= (marks.at(-1) ?? 0)) throw refuse('it takes from an empty stack');
    return stack.pop()!;
  };
  const top = (): Pickled => {
    if (stack.length === 0) throw refuse('it takes from an empty stack');
    return stack.at(-1)!;
  };
  const toMark = (): Pickled[] => {
    const mark = marks.pop();
    if (mark === undefined) throw refuse('a mark is missing');
    return stack.splice(mark);
  };
  const tuple = (count: number): Pickled[] => Array.from({ length: count }, pop).reverse();
  const recall = (index: number): Pickled => {
    const value = memo.get(index);
    if (value === undefined) throw refuse(`it recalls memo ${index}, which was never stored`);
    return value;
  };
  const global = (name: string): PickledObject => {
    const value = host.global(name);
    if (!value) throw refuse(`it asks for ${name}, which no checkpoint needs`);
    return value;
  };
  const append = (items: readonly Pickled[]): void => {
    const list = top();
    if (!Array.isArray(list)) throw refuse('it appends to something other than a list');
    for (const item of items) list.push(item);
  };
  const setItems = (items: readonly Pickled[]): void => {
    const map = top();
    if (!(map instanceof Map) || items.length % 2 !== 0)
      throw refuse('it sets items of something other than a dictionary');
    for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  };

  for (let opcodes = 0; ; opcodes += 1) {
    if (opcodes === MOST_OPCODES) throw refuse(`it has more than ${MOST_OPCODES} opcodes`);
    const opcode = byte();
    switch (opcode) {
      case 0x80: // PROTO
        byte();
        break;
      case 0x95: // FRAME
        take(8);
        break;
      case 0x2e: // STOP
        return pop();
      case 0x28: // MARK
        marks.push(stack.length);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(opcode === 0x88);
        break;
      case 0x4a: // BININT
        stack.push(view.getInt32(take(4), true));
        break;
      case 0x4b: // BININT1
        stack.push(byte());
        break;
      case 0x4d: // BININT2
        stack.push(view.getUint16(take(2), true));
        break;
      case 0x8a: // LONG1
        stack.push(littleEndian(blob(byte())));
        break;
      case 0x47: // BINFLOAT
        stack.push(view.getFloat64(take(8), false));
        break;
      case 0x58: // BINUNICODE
        stack.push(decodeUtf8(blob(uint32())));
        break;
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        stack.push(decodeUtf8(blob(byte())));
        break;
      case 0x43: // SHORT_BINBYTES
        stack.push(blob(byte()));
        break;
      case 0x42: // BINBYTES
        stack.push(blob(uint32()));
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(tuple(opcode - 0x84));
        break;
      case 0x74: // TUPLE
        stack.push(toMark());
        break;
      case 0x61: // APPEND
        append([pop()]);
        break;
      case 0x65: // APPENDS
        append(toMark());
        break;
      case 0x73: // SETITEM
        setItems(tuple(2));
        break;
      case 0x75: // SETITEMS
        setItems(toMark());
        break;
      case 0x71: // BINPUT
        memo.set(byte(), top());
        break;
      case 0x72: // LONG_BINPUT
        memo.set(uint32(), top());
        break;
      case 0x94: // MEMOIZE
        memo.set(memo.size, top());
        break;
      case 0x68: // BINGET
        stack.push(recall(byte()));
        break;
      case 0x6a: // LONG_BINGET
        stack.push(recall(uint32()));
        break;
      case 0x63: // GLOBAL
        stack.push(global(`${line()}.${line()}`));
        break;
      case 0x93: // STACK_GLOBAL
        stack.push(global(qualified(...(tuple(2) as [Pickled, Pickled]))));
        break;
      case 0x51: // BINPERSID
        stack.push(host.persistent(pop()));
        break;
      case 0x52: {
        // REDUCE
        const [target, args] = tuple(2) as [Pickled, Pickled];
        const result = Array.isArray(args) ? host.call(target, args) : undefined;
        if (result === undefined) throw refuse(`it calls ${describe(target)}, which no checkpoint needs`);
        stack.push(result);
        break;
      }
      case 0x62: // BUILD: attributes of a state dictionary, which are ignored
        pop();
        if (!(top() instanceof Map)) throw refuse(`it sets attributes of ${describe(top())}`);
        break;
      default:
        throw refuse(`opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${at - 1}`);
    }
  }
}

/** Only strings can name a global: joining nested tuples might never end. */
function qualified(module: Pickled, name: Pickled): string {
  if (typeof module === 'string' && typeof name === 'string') return `${module}.${name}`;
  throw refuse('the name of a global is not a string');
}

const describe = (value: Pickled): string =>
  typeof value === 'object' && value !== null && 'kind' in value
    ? value.kind
    : 'something other than a function';

function littleEndian(digits: Uint8Array): number {
  if (digits.length > 8) throw refuse('a number has more than 64 bits');
  let value = 0n;
  for (let i = digits.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(digits[i]!);
  return Number(BigInt.asIntN(Math.max(digits.length, 1) * 8, value));
}
