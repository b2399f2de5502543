import { serveRuntime } from '@facexformer/runtime-web';

serveRuntime();
