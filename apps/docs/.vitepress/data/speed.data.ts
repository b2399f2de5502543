import { readJson } from './read.ts';

/** `bench/full-model/result.json`, written by the command that it names. */
export interface FullModel {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  readonly rounds: number;
  readonly 'milliseconds per face, median': Readonly<Record<string, number>>;
  readonly start: Readonly<Record<string, { readonly readyMs: number; readonly peakMb: number }>>;
}

/** `bench/full-model/deviation.json`: what int8 changes. */
export type Deviation = { readonly command: string } & Readonly<
  Record<string, string | readonly (string | number)[]>
>;

/** Where and on how busy a machine something was measured. */
interface Measurement {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  /** Programs that wanted a core, on average of a minute; above the number of cores, times are too long. */
  readonly load: number | readonly number[];
}

type Milliseconds = Readonly<Record<string, number>>;

/** `bench/node/detection.json`: detection in Node, and all that an analysis does, beside an earlier commit. */
export interface Detection extends Measurement {
  readonly before: string;
  readonly threads: number;
  readonly rounds: number;
  readonly results: readonly {
    readonly photo: string;
    readonly medians: Readonly<Record<string, { readonly wallMs: number; readonly cpuMs: number }>>;
    readonly ratios: Readonly<Record<string, { readonly wall: number; readonly cpu: number }>>;
  }[];
}

/** `bench/node/recall.json`: faces found on made-up photos. */
export interface Recall extends Measurement {
  readonly photos: number;
  readonly results: Readonly<
    Record<
      'before' | 'after',
      {
        readonly groups: Readonly<Record<string, { readonly found: number; readonly of: number }>>;
        readonly false: number;
      }
    >
  >;
}

/** `bench/node/peers.json`: from an encoded photo to answers, beside other libraries in Node. */
export interface Peers extends Measurement {
  readonly threads: number;
  readonly rounds: number;
  readonly results: readonly {
    readonly photo: string;
    readonly rows: readonly {
      readonly name: string;
      readonly faces: number;
      readonly wallMs: number;
      readonly cpuMs: number;
      readonly timesAsLong: number;
    }[];
  }[];
}

/** `bench/node/folder.json`: many photos. */
export interface Folder extends Measurement {
  readonly before: string;
  readonly threads: number;
  readonly photosPerSecond: Readonly<Record<string, number>>;
  readonly cpuMsPerPhoto: Readonly<Record<string, number>>;
}

/** What a server did under load: times in ms, `delay` of its event loop at the 99th percentile. */
interface Served {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly delay: number;
  /** Cores that the generator of the load took. */
  readonly generator: number;
  readonly wrong?: number;
}

/** Photos of one size: our server, `analyzeMany` without a server, a minimal server around another library. */
interface ServedPhotos {
  readonly serve: Served;
  readonly analyzeMany: { readonly perSecond: number };
  readonly human?: Served;
}

/** `bench/node/serve.json`: the server under load. */
export interface Serving extends Measurement {
  readonly connections: number;
  readonly workers: number;
  readonly '512 px': ServedPhotos;
  readonly '2000 px': ServedPhotos;
}

/** `bench/web/cold-start.json`: a minimal page, from navigation to the first result. */
export interface ColdStart extends Measurement {
  readonly visits: number;
  readonly firstVisit: Milliseconds;
  readonly secondVisit: Milliseconds;
}

/** `bench/web/playground.json`: the playground of this site. */
export interface Playground extends Measurement {
  readonly browser: string;
  readonly rounds: number;
  readonly medianMs: Milliseconds;
}

/** `bench/web/latency.json`: side by side with an earlier commit and other libraries in one page. */
export interface Latency extends Measurement {
  readonly photo: string;
  readonly rounds: number;
  readonly runs: readonly {
    readonly threads: number;
    readonly results: readonly {
      readonly name: string;
      readonly medianMs: number;
      readonly fastestMs: number;
      readonly timesAsLong: number;
    }[];
  }[];
}

/** `bench/web/main-thread.json`: what an analysis costs the page's own thread. */
export interface MainThread extends Measurement {
  readonly rounds: number;
  readonly results: readonly {
    readonly photo: string;
    readonly place: string;
    readonly busyMs: number;
    readonly longestMs: number;
  }[];
}

/** `bench/stream/smoothing.json`. */
export interface Smoothing {
  readonly command: string;
  readonly cpu: string;
  readonly stillFace: Readonly<
    Record<string, { readonly before: number; readonly after: number; readonly times: number }>
  >;
  readonly 'lag in frames': Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** `bench/stream/memory.json`, without its samples. */
export interface StreamMemory {
  readonly command: string;
  readonly frames: number;
  readonly 'MB per 1,000 frames after warm-up': Readonly<Record<string, number>>;
}

/** `bench/web/agreement.json`: every runtime against the reference execution. */
export interface Agreement {
  readonly command: string;
  readonly date: string;
  readonly model: string;
  readonly photo: string;
  readonly node: string;
  readonly chromium: string;
  readonly firefox: string;
  readonly webkit: string;
  readonly runtimes: readonly {
    readonly runtime: string;
    readonly device: string;
    readonly agrees: boolean;
    readonly tasks: readonly {
      readonly task: string;
      readonly raw: number;
      readonly range: number;
      readonly labels: number;
    }[];
  }[];
}

/** Measured figures; undefined where nothing has been measured. */
export interface SpeedData {
  readonly detection: Detection | undefined;
  readonly recall: Recall | undefined;
  readonly peers: Peers | undefined;
  readonly folder: Folder | undefined;
  readonly serving: Serving | undefined;
  readonly fullModel: FullModel | undefined;
  readonly deviation: Deviation | undefined;
  readonly coldStart: ColdStart | undefined;
  readonly playground: Playground | undefined;
  readonly latency: Latency | undefined;
  readonly mainThread: MainThread | undefined;
  readonly smoothing: Smoothing | undefined;
  readonly streamMemory: StreamMemory | undefined;
  readonly agreement: Agreement | undefined;
}

declare const data: SpeedData;

export { data };

export default {
  watch: ['../../../../bench/**/*.json'],
  load: (): SpeedData => ({
    detection: readJson('bench/node/detection.json'),
    recall: readJson('bench/node/recall.json'),
    peers: readJson('bench/node/peers.json'),
    folder: readJson('bench/node/folder.json'),
    serving: readJson('bench/node/serve.json'),
    fullModel: readJson('bench/full-model/result.json'),
    deviation: readJson('bench/full-model/deviation.json'),
    coldStart: readJson('bench/web/cold-start.json'),
    playground: readJson('bench/web/playground.json'),
    latency: readJson('bench/web/latency.json'),
    mainThread: readJson('bench/web/main-thread.json'),
    smoothing: readJson('bench/stream/smoothing.json'),
    streamMemory: withoutSamples(readJson<StreamMemory & { samples: unknown }>('bench/stream/memory.json')),
    agreement: readJson('bench/web/agreement.json'),
  }),
};

/** Thousands of lines that no page shows. */
function withoutSamples(memory: (StreamMemory & { samples: unknown }) | undefined): StreamMemory | undefined {
  if (!memory) return undefined;
  const { samples: _, ...rest } = memory;
  return rest;
}
