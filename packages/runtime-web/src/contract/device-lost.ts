/** A GPU device went away: its driver was reset, the machine slept, or the browser took it back. */
export interface DeviceLost {
  readonly type: 'device-lost';
  /** `destroyed` when the page itself ended the device, else `unknown`: the browser tells no more. */
  readonly reason: 'destroyed' | 'unknown';
  /** The browser's own words; may be empty. */
  readonly message: string;
  /** Where the session goes on: a new GPU device the first time, WebAssembly afterwards. */
  readonly next: 'webgpu' | 'wasm';
}
