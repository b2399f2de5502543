import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { type PickleHost, readPickle } from '../../src/formats/pickle.js';

const ORDERED = { kind: 'collections.OrderedDict' };
const host: PickleHost = {
  global: (name) => (name === ORDERED.kind ? ORDERED : undefined),
  call: (target, args) => (target === ORDERED && args.length === 0 ? new Map() : undefined),
  persistent: () => null,
};

const read = (text: string): unknown =>
  readPickle(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    host,
  );

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (FaceXFormerError.isInstance(error, 'BAD_PICKLE')) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe('readPickle', () => {
  it('reads what pickle.dumps writes', () => {
    // pickle.dumps({'a': [1, -2, True, None, 0.5], 'b': (3, 'x')}, 2)
    const pickled =
      '\x80\x02}q\x00(X\x01\x00\x00\x00aq\x01]q\x02(K\x01J\xfe\xff\xff\xff\x88NG?\xe0\x00\x00\x00\x00\x00\x00e' +
      'X\x01\x00\x00\x00bq\x03K\x03X\x01\x00\x00\x00xq\x04\x86q\x05u.';
    expect(read(pickled)).toEqual(
      new Map<string, unknown>([
        ['a', [1, -2, true, null, 0.5]],
        ['b', [3, 'x']],
      ]),
    );
  });

  it('refuses a call of os.system by name, before anything is called', () => {
    // pickle.dumps of an object whose __reduce__ is (os.system, ('echo',))
    expect(refusal('\x80\x02cposix\nsystem\nq\x00X\x04\x00\x00\x00echoq\x01\x85q\x02Rq\x03.')).toContain(
      'posix.system',
    );
  });

  it.each([
    ['INST', '(iposix\nsystem\n.', '0x69'],
    ['NEWOBJ', '\x80\x02ccollections\nOrderedDict\n)\x81.', '0x81'],
    ['EXT1', '\x82\x01.', '0x82'],
    ['an unknown opcode', '\xff', '0xff'],
    ['a call with arguments', 'ccollections\nOrderedDict\nK\x01\x85R.', 'collections.OrderedDict'],
    ['a number as function', 'K\x01)R.', 'other than a function'],
    ['attributes of a number', 'K\x01}b.', 'sets attributes'],
    ['an empty stack', '.', 'an empty stack'],
    ['a pop across a mark', 'K\x01(s.', 'an empty stack'],
    ['a missing mark', 't.', 'mark'],
    ['an empty memo', 'h\x05.', 'memo 5'],
    ['a text that ends too early', 'X\xff\xff\xff\x7fa', 'truncated'],
    ['no end', '}', 'truncated'],
    ['an append to a number', 'K\x01K\x02a.', 'other than a list'],
    ['a global whose name is a tuple', '))\x93.', 'not a string'],
    ['an odd dictionary', '}(K\x01u.', 'other than a dictionary'],
  ])('refuses %s', (_, pickled, reason) => {
    expect(refusal(pickled)).toContain(reason);
  });

  it.each([
    ['dictionaries', '}'],
    ['memo entries', ')\x94'],
    ['recalled values', 'h\x00'],
    ['marks', '('],
  ])('refuses a million %s', (_, opcodes) => {
    expect(refusal(`)q\x00${opcodes.repeat(1_000_000)}.`)).toContain('more than 524288 opcodes');
  });

  it('is not held up by nested or shared tuples as a name', () => {
    const nested = `)${'\x85'.repeat(200_000)})\x93.`;
    expect(refusal(nested)).toContain('not a string');
    const doubled = `)q\x00${'h\x00h\x00\x86q\x00'.repeat(200)})\x93.`; // 2^200 leaves when written out
    expect(refusal(doubled)).toContain('not a string');
  });
});
