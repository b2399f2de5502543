/** Calls that a caller without types, or a misreading of the guides, may make. */
import * as core from '@facexformer/core';
import * as draw from '@facexformer/core/draw';
import * as formats from '@facexformer/core/formats';
import * as graph from '@facexformer/core/graph';
import * as image from '@facexformer/core/image';
import { labelsOfFolder, photosOfFolder, photosOfTable, readFaces } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { evaluate, figuresOf, reportFiles, reportOf } from '@facexformer/eval';
import { appendLines, checkOutputs, lockFile, writeFile } from '@facexformer/files';
import { fileSource, nodeRuntime, renderOverlay } from '@facexformer/runtime-node';
import { blobSource, urlSource, videoFrames, webRuntime } from '@facexformer/runtime-web';
import { age, ageBinCentres, allTasks, classShares, maskAt } from '@facexformer/tasks';
import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { trainTask } from '@facexformer/train/frozen';
import { diskCache, saveTrainedTask } from '@facexformer/train/frozen/node';
import { openFaceAnalyzer } from 'facexformer';

/** What a caller without types may do. */
export type Untyped = (...values: readonly unknown[]) => unknown;
export const untyped = (call: unknown): Untyped => call as Untyped;

/** A wrong call, and what its message must hold: the offender, then the way out. */
export type WrongCall = readonly [title: string, call: () => unknown, ...words: readonly string[]];

/** Photo bytes as text, of which no message may hold a part. */
export const BASE64 = '/9j/4AAQSkZJRgABAQEASABIAAD'.repeat(5000);

export const photo = testImage(3, 64, 48);
const box = { x: 4, y: 4, width: 30, height: 30 };
const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
const parts = () => ({ runtime, checkpoint: untrainedCheckpoint(), tasks: [age()] });
const create = untyped(core.createAnalyzer);
const labels = { id: 'x@1', labels: ['a', 'b'] };

/** Calls a method of an analyzer. */
const on =
  (method: string, ...values: readonly unknown[]) =>
  async () => {
    const analyzer = await core.createAnalyzer(parts());
    try {
      const result = untyped(analyzer[method as keyof typeof analyzer])(...values);
      const isLoop = typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
      return isLoop ? await first(result as AsyncIterable<unknown>) : await result;
    } finally {
      await analyzer.dispose();
    }
  };

const first = async (items: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const item of items) {
    const failed = (item as { error?: unknown }).error;
    if (failed) throw failed;
    return item;
  }
  return undefined;
};

/** An analyzer with somebody else's runtime or detector, asked once. */
const ask = (other: Readonly<Record<string, unknown>>) => async () => {
  const analyzer = (await create({ ...parts(), ...other })) as core.Analyzer<unknown, readonly core.Task[]>;
  await analyzer.analyze(photo).finally(() => analyzer.dispose());
};
const detecting = (detect: () => unknown) => ({ detector: () => ({ detect, dispose() {} }) });
const running = (run: (outputs: Readonly<Record<string, core.Tensor>>) => unknown) => ({
  runtime: {
    name: 'mine',
    decode: async (pixels: unknown) => pixels,
    open: async (...args: Parameters<typeof runtime.open>) => {
      const session = await runtime.open(...args);
      return {
        ...session,
        run: async (feeds: Readonly<Record<string, core.Tensor>>) => run(await session.run(feeds)),
      };
    },
  },
});
const fails = () => {
  throw new TypeError('no such thing');
};
const decode = (image: unknown) => () => untyped(runtime.decode)(image);

export const WRONG_CALLS: readonly WrongCall[] = [
  ['createAnalyzer()', () => create(), 'createAnalyzer', 'runtime', 'nothing'],
  ['createAnalyzer(null)', () => create(null), 'createAnalyzer', 'null'],
  ['no runtime', () => create({ ...parts(), runtime: undefined }), '"runtime"', 'nodeRuntime()'],
  ['runtime not called', () => create({ ...parts(), runtime: nodeRuntime }), '"runtime"', 'a function'],
  ['runtime without open', () => create({ ...parts(), runtime: { decode: fails } }), '"open"'],
  ['checkpoint not awaited', () => create({ ...parts(), checkpoint: Promise.resolve() }), 'await'],
  ['path as checkpoint', () => create({ ...parts(), checkpoint: 'mini.safetensors' }), 'openCheckpoint'],
  ['no tasks', () => create({ ...parts(), tasks: undefined }), '"tasks"', 'nothing'],
  ['tasks: []', () => create({ ...parts(), tasks: [] }), '"tasks"', 'at least 1'],
  ['task not called', () => create({ ...parts(), tasks: [age] }), 'item 0 is a function', 'age()'],
  ['task by name', () => create({ ...parts(), tasks: ['age'] }), 'item 0 is a text'],
  ['task without a head', () => create({ ...parts(), tasks: [{ ...age(), head: 1 }] }), '"head"'],
  ['a task twice', () => create({ ...parts(), tasks: [age(), age()] }), '"age"'],
  ['detector opened', () => create({ ...parts(), detector: {} }), '"detector"', 'blazeFace()'],
  ['detector not called', () => create({ ...parts(), detector: blazeFace }), 'blazeFace'],
  ['precision fp16', () => create({ ...parts(), precision: 'fp16' }), '"precision"', 'int8'],
  ['option misspelt', () => create({ ...parts(), task: [] }), '"task"', 'did you mean "tasks"?'],
  ['signal: controller', () => create({ ...parts(), signal: new AbortController() }), 'AbortSignal'],
  ['only: text', on('analyze', photo, { only: 'age' }), '"only"', 'a list'],
  ['only: unknown', on('analyze', photo, { only: ['agee'] }), 'did you mean "age"?'],
  ['only: [null]', on('analyze', photo, { only: [null] }), 'item 0 is null'],
  ['boxes: object', on('analyze', photo, { boxes: box }), '"boxes"', 'a list'],
  ['boxes: [null]', on('analyze', photo, { boxes: [null] }), 'item 0 is null'],
  ['boxes: numbers', on('analyze', photo, { boxes: [[1, 2, 3, 4]] }), 'item 0 is a list of 4'],
  ['boxes: NaN', on('analyze', photo, { boxes: [{ ...box, x: Number.NaN }] }), '"x" is NaN'],
  ['boxes outside', on('analyze', photo, { boxes: [{ ...box, x: 1e6 }] }), 'outside'],
  ['options: list', on('analyze', photo, [box]), 'the options of analyze'],
  ['options: function', on('analyze', photo, fails), 'a function'],
  ['onlyy', on('analyze', photo, { onlyy: ['age'] }), 'did you mean "only"?'],
  ['detect: "no"', on('analyzeRaw', photo, { detect: 'no' }), '"detect"', 'true or false'],
  ['rotations: degrees', on('analyze', photo, { rotations: 90 }), '"rotations"', 'true or false'],
  ['rotations of many', on('analyzeMany', [photo], { rotations: 'all' }), '"rotations"', 'true or false'],
  ['explain options', on('explain', photo, { boxes: 'all' }), '"boxes"'],
  ['analyzeMany of a path', on('analyzeMany', 'a.jpg'), 'iterable'],
  ['ahead: -1', on('analyzeMany', [photo], { ahead: -1 }), '"ahead"', 'from 1'],
  ['choose: no list', on('analyzeMany', [photo], { choose: () => ({}) }), '"choose"', 'a list'],
  ['boxes of an item', on('analyzeMany', [{ image: photo, boxes: 1 }]), 'boxes of a photo'],
  ['stream of nothing', on('stream', undefined), 'iterable of frames'],
  ['stream keep', on('stream', [photo], { keep: 'last' }), '"keep"', 'newest, all'],
  ['stream frameRate', on('stream', [photo], { frameRate: 0 }), '"frameRate"'],
  ['draw of one face', on('draw', { box }), 'a list'],
  ['warmUp options', on('warmUp', { signal: 1 }), 'AbortSignal'],
  ['base64 photo', decode(BASE64), 'a text of'],
  ['data: URL', decode(`data:image/jpeg;base64,${BASE64}`), 'pass the bytes'],
  ['photo: Response', decode(new Response('x')), 'a Response', 'response.blob()'],
  ['photo: stream', decode(new Response('x').body), 'a ReadableStream', 'new Response(stream)'],
  ['photo: promise', decode(Promise.resolve(photo)), 'await'],
  ['photo: null', decode(null), 'null'],
  ['photo: http', decode('https://a.example/a.jpg'), 'fetch it'],
  ['photo: text file', decode(new TextEncoder().encode('hello')), 'JPEG'],
  [
    'photo: HEIC',
    decode(Uint8Array.from(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'))),
    'convert it to JPEG',
  ],
  ['photo: too few bytes', decode({ width: 9, height: 9, data: new Uint8Array(3) }), 'need 243'],
  ['runtime throws', ask({ runtime: { name: 'mine', decode: fails, open: fails } }), '"mine"', 'open'],
  [
    'runtime opens nothing',
    ask({ runtime: { name: 'mine', decode: fails, open: () => undefined } }),
    'session',
  ],
  [
    'runtime decodes to an error',
    ask({ runtime: { ...running((outputs) => outputs).runtime, decode: fails } }),
    '"mine" failed to decode',
  ],
  ['runtime fails to run', ask(running(fails)), '"mine" failed to run'],
  ['runtime runs to nothing', ask(running(() => undefined)), '"mine"', 'tensors by name'],
  [
    'too few numbers',
    ask(running(() => ({ age: { dims: [1, 8], data: new Float32Array(3) } }))),
    '3 numbers',
  ],
  ['detector throws', ask(detecting(fails)), 'the detector failed', 'no such thing'],
  ['detector finds an object', ask(detecting(() => ({}))), 'what the detector finds', 'a list'],
  ['detector finds no box', ask(detecting(() => [{ score: 1 }])), '"box" is nothing'],
  ['detector opens nothing', ask({ detector: () => undefined }), 'the detector function opens'],
  [
    'head throws',
    () => create({ ...parts(), tasks: [{ ...age(), head: fails }] }),
    '"age"',
    'build its head',
  ],
  [
    'head of nothing',
    () => create({ ...parts(), tasks: [{ ...age(), head: async () => 0 }] }),
    '"age"',
    'a promise',
  ],
  ['openCheckpoint(path)', () => untyped(core.openCheckpoint)('mini.safetensors'), 'fileSource(path)'],
  ['openCheckpoint(promise)', () => untyped(core.openCheckpoint)(Promise.resolve()), 'await'],
  [
    'openCheckpoint(JPEG)',
    () =>
      core.openCheckpoint(core.bytesSource(Uint8Array.of(255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0, 1))),
  ],
  ['openPluginCheckpoint()', () => untyped(core.openPluginCheckpoint)(), 'fileSource(path)'],
  ['bytesSource(path)', () => untyped(core.bytesSource)('a'), 'Uint8Array'],
  ['plugin without weights', () => untyped(core.plugin)(age()), 'openPluginCheckpoint'],
  ['plugin of a name', () => untyped(core.plugin)('age', {}), 'a task such as age()'],
  ['pluginFromRecipe({})', () => untyped(core.pluginFromRecipe)({}), 'openPluginCheckpoint'],
  ['verifyContent({})', () => untyped(core.verifyContent)({}), 'openCheckpoint'],
  ['classify one label', () => core.classify('x', { id: 'x@1', labels: ['a'] }), 'at least 2'],
  ['classify no labels', () => untyped(core.classify)('x'), 'vocabulary', 'nothing'],
  ['classify token', () => untyped(core.classify)('x', labels, { token: 2 }), 'did you mean "tokens"?'],
  ['classify a symbol', () => untyped(core.classify)(Symbol('x'), labels), 'a symbol'],
  ['task named box', () => core.classify('box', labels), '"box"'],
  ['regress no range', () => untyped(core.regress)('x', labels), 'regress'],
  ['regress range turned', () => core.regress('x', labels, { range: [1, 0] }), '"range"', 'the lower first'],
  [
    'regress mirrored',
    () => untyped(core.regress)('x', labels, { range: [0, 1], mirrored: ['c'] }),
    '"mirrored"',
    'one of a, b',
  ],
  [
    'multiLabel threshold',
    () => core.multiLabel('x', labels, { threshold: 50 }),
    '"threshold"',
    'between 0 and 1',
  ],
  ['embed size', () => core.embed('x', { size: 1 }), '"size"', '2 to 1024'],
  ['segment colours', () => untyped(core.segment)('x', labels, { colors: ['red'] }), 'colour'],
  ['defineTask()', () => untyped(core.defineTask)(), 'defineTask'],
  ['defineTask tokens', () => untyped(core.defineTask)({ ...age(), tokens: 0 }), '"tokens"'],
  ['similarity lengths', () => core.similarity([1], [1, 0]), 'a list of 1 numbers'],
  ['readFace(text)', () => core.readFace(BASE64, [age()]), 'JSON.parse'],
  ['drawAttention({})', () => untyped(core.drawAttention)({}), 'explain'],
  ['nodeRuntime gpu', () => untyped(nodeRuntime)({ device: 'gpu' }), '"device"', 'cuda'],
  ['nodeRuntime treads', () => untyped(nodeRuntime)({ treads: 1 }), 'did you mean "threads"?'],
  ['nodeRuntime threads', () => nodeRuntime({ threads: 1e12 }), '"threads"', '1024'],
  ['nodeRuntime(4)', () => untyped(nodeRuntime)(4), 'nodeRuntime', 'not 4'],
  ['fileSource()', () => untyped(fileSource)(), 'a path'],
  ['fileSource(https)', () => fileSource('https://a.example/m'), 'a local file'],
  ['renderOverlay', () => untyped(renderOverlay)(photo, {}), 'drawings'],
  ['renderOverlay minSide', () => renderOverlay(photo, [], { minSide: -1 }), '"minSide"'],
  ['blazeFace round', () => untyped(blazeFace)({ boxes: 'round' }), '"boxes"', 'square'],
  ['blazeFace constructor', () => untyped(blazeFace)({ boxes: 'constructor' }), '"boxes"'],
  ['blazeFace minScore', () => untyped(blazeFace)({ minScore: '0.5' }), '"minScore"'],
  ['blazeFace smallest', () => untyped(blazeFace)({ smallestFace: 40 }), '"smallestFace"', 'pixels'],
  ['blazeFace()(null)', () => untyped(blazeFace())(null), 'nodeRuntime()'],
  ['webRuntime in Node', () => webRuntime().open(async () => ({ bytes: new Uint8Array() })), 'nodeRuntime()'],
  ['webRuntime decode', () => untyped(webRuntime().decode)('a.jpg'), 'nodeRuntime()'],
  ['webRuntime cuda', () => untyped(webRuntime)({ device: 'cuda' }), '"device"', 'wasm'],
  ['blobSource(path)', () => untyped(blobSource)('a'), 'a Blob'],
  ['urlSource()', () => untyped(urlSource)(), 'address'],
  ['urlSource maxBytes', () => urlSource('https://a.example', { maxBytes: 0 }), '"maxBytes"'],
  ['urlSource hash', () => urlSource('https://a.example', { hash: 'md5' }), 'sha256:'],
  [
    'videoFrames(null)',
    () => untyped(videoFrames(null as never).next.bind(videoFrames(null as never)))(),
    '<video>',
  ],
  ['openFaceAnalyzer("a")', () => untyped(openFaceAnalyzer)('a.jpg'), 'openFaceAnalyzer'],
  ['openFaceAnalyzer task', () => untyped(openFaceAnalyzer)({ task: [] }), 'did you mean "tasks"?'],
  ['openFaceAnalyzer age', () => untyped(openFaceAnalyzer)({ tasks: age() }), '"tasks"', 'a list'],
  ['openFaceAnalyzer cpu', () => untyped(openFaceAnalyzer)({ device: 'GPU' }), '"device"'],
  ['toSvg()', () => untyped(draw.toSvg)(), 'drawings'],
  ['toSvg shapes', () => untyped(draw.toSvg)([{ box, shapes: [{ kind: 'circle' }] }], photo), '"kind"'],
  ['drawOnCanvas(canvas)', () => untyped(draw.drawOnCanvas)({}, [], photo), '2d context'],
  ['maskPixels(null)', () => untyped(draw.maskPixels)(null), 'mask'],
  ['widen dtype', () => untyped(formats.widen)('F64', new Uint8Array(8)), 'F32'],
  ['widen half a value', () => formats.widen('F32', new Uint8Array(3)), 'whole F32 values'],
  ['tensor()', () => untyped(graph.tensor)([2], 'ab'), 'numbers'],
  ['add(1, 2)', () => untyped(graph.add)(1, 2), 'a value of the graph'],
  ['cropBox(null)', () => untyped(image.cropBox)(null, photo, { margin: 0 }), 'box'],
  ['resizeBicubic huge', () => image.resizeBicubic(photo, { width: 1e9, height: 1 }), '16384'],
  ['unitToPhoto NaN', () => image.unitToPhoto({ x: Number.NaN, y: 0 }, box), '"x" is NaN'],
  ['maskAt({})', () => untyped(maskAt)({}, box), 'parsing()'],
  ['classShares(null)', () => untyped(classShares)(null), 'parsing()'],
  ['ageBinCentres(list)', () => untyped(ageBinCentres)(['0-2']), 'labels'],
  [
    'photosOfFolder()',
    () => untyped(photosOfFolder(undefined as never).next.bind(photosOfFolder(undefined as never)))(),
    'a folder',
  ],
  ['photosOfTable(7)', () => first(photosOfTable(7 as never)), 'a table'],
  ['labelsOfFolder(missing)', () => labelsOfFolder('/no/such/folder'), '/no/such/folder'],
  ['readFaces(folder)', () => untyped(readFaces)('/tmp'), 'train, val or test'],
  ['evaluate', () => untyped(evaluate)([], { runtime }), '"analyzer"'],
  ['figuresOf', () => untyped(figuresOf)([{}], allTasks()), 'evaluate'],
  ['reportOf', () => untyped(reportOf)([], null), 'setting'],
  ['reportFiles', () => untyped(reportFiles)({}), 'reportOf'],
  ['writeFile()', () => untyped(writeFile)(), 'a path'],
  ['writeFile content', () => untyped(writeFile)('/tmp/x', 5), 'content'],
  ['appendLines(null)', () => untyped(appendLines)(null), 'a path'],
  ['lockFile()', () => untyped(lockFile)(), 'a path'],
  ['checkOutputs(text)', () => untyped(checkOutputs)('a', []), 'a list'],
  ['trainTask()', () => untyped(trainTask)({}), '"task"'],
  ['trainTask epoch', () => untyped(trainTask)({ epoch: 3 }), 'did you mean "epochs"?'],
  ['diskCache', () => untyped(diskCache)('/tmp/x', { maxBytes: 0 }), '"maxBytes"'],
  ['saveTrainedTask', () => untyped(saveTrainedTask)({}, '/tmp/x'), 'trainTask'],
];
