import { serveRuntime } from '../src/index.ts';

serveRuntime();
