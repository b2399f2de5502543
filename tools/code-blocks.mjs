/**
 * The fenced code blocks of a Markdown text.
 * The words after the language are flags: ```` ```ts browser ```` is for the page, ```` ```sh run ```` is executed.
 * @param {string} markdown
 * @returns {{ language: string, flags: string[], code: string, line: number }[]}
 */
export const codeBlocks = (markdown) =>
  [...markdown.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map(
    ({ 1: language, 2: flags, 3: code, index }) => ({
      language,
      flags: flags.split(' ').filter(Boolean),
      code,
      line: markdown.slice(0, index).split('\n').length,
    }),
  );
