/** A GPU device was lost: its driver was reset, the machine slept, or the browser reclaimed it. */
export interface DeviceLost {
  readonly type: 'device-lost';
  /** `destroyed` when the page itself destroyed the device, else `unknown`: the browser does not say more. */
  readonly reason: 'destroyed' | 'unknown';
  /** The browser's own message; may be empty. */
  readonly message: string;
  /** Where the session continues: on a new GPU device the first time, in WebAssembly after that. */
  readonly next: 'webgpu' | 'wasm';
}
