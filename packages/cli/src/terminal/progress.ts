import type { Output } from './command.js';
import { visible } from './visible.js';

const WIDTH = 24;

/** A bar on a terminal, nothing elsewhere, or with `plain` a line for every tenth. `advance` takes the share that is done, 0..1, and a word on it. */
export function progressBar(
  { interactive, err }: Output,
  plain = false,
): {
  advance(share: number, text: string): void;
  end(): void;
} {
  const write = (text: string): void => {
    if (interactive) process.stderr.write(text);
  };
  let tenths = 0;
  return {
    advance(share, text) {
      const reached = Math.floor(share * 10);
      if (plain && !interactive && reached > tenths) err(`${reached * 10} %  ${text}`);
      tenths = Math.max(tenths, reached);
      const full = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
      write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${visible(text)}`);
    },
    end: () => write('\r\u001b[K'),
  };
}
