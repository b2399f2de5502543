/** The part of an AbortSignal that core needs; core itself is compiled without the DOM. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}
