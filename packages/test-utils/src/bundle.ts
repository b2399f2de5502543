import { build } from 'esbuild';

/** Bundles a program of a test from the sources, so that Node can run it as a process of its own. */
export async function bundleProgram(source: string, program: string): Promise<void> {
  await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@facexformer/source'],
    external: ['bullmq', 'ioredis', 'onnxruntime-node', 'sharp'],
    outfile: program,
    logLevel: 'error',
  });
}
