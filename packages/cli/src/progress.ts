import type { Output } from './command.js';

const WIDTH = 24;

/** A bar on a terminal, nothing elsewhere. `advance` takes the share that is done, 0..1, and a word on it. */
export function progressBar({ interactive }: Output): {
  advance(share: number, text: string): void;
  end(): void;
} {
  const write = (text: string): void => {
    if (interactive) process.stderr.write(text);
  };
  return {
    advance(share, text) {
      const full = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
      write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
    },
    end: () => write('\r\u001b[K'),
  };
}
