import { describe, expect, it } from 'vitest';
import { loadOrt, notLoaded } from '../src/ort.js';

describe('loadOrt', () => {
  it('loads onnxruntime', async () => {
    expect(typeof (await loadOrt()).InferenceSession.create).toBe('function');
  });
});

describe('notLoaded', () => {
  const cause = new Error('libonnxruntime.so.1: cannot open shared object file');

  it('tells the real cause where there are binaries', () => {
    const error = notLoaded(cause, 'linux/x64');
    expect(error).toMatchObject({ code: 'RUNTIME', cause });
    expect(error.message).toMatch(/linux\/x64: libonnxruntime\.so\.1: cannot open.*npm install/);
    expect(error.message).not.toContain('binaries');
  });

  it('lists the platforms elsewhere', () => {
    const { message } = notLoaded(cause, 'darwin/x64');
    expect(message).toMatch(/does not load on darwin\/x64: it has binaries for linux\/x64, .* only/);
  });
});
