import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sections } from './sidebar.ts';

/**
 * Writes `llms.txt`, an index of the site for language models, and `llms-full.txt`, the guide as plain text.
 * @see https://llmstxt.org
 */
export function writeLlms(root: string, outDir: string): void {
  const pages = sections.map(({ text, items }) => ({
    text,
    items: items.map(({ text: title, link }) => {
      const source = readFileSync(join(root, `${link.endsWith('/') ? `${link}index` : link}.md`), 'utf8');
      return { title, link: link.endsWith('/') ? link : `${link}.html`, ...split(source) };
    }),
  }));
  const index = pages.map(
    ({ text, items }) =>
      `## ${text}\n\n${items.map(({ title, link, description }) => `- [${title}](${link}): ${description}`).join('\n')}\n`,
  );
  const head =
    '# FaceXFormer for JavaScript\n\n> TypeScript SDK that answers nine questions about each face of a photo with one transformer, in Node and in ' +
    'the browser. The shipped weights are small and not for commercial use.\n';
  const reference = '## Reference\n\n- [API reference](/api/): every export of every package\n';
  writeFileSync(join(outDir, 'llms.txt'), [head, ...index, reference].join('\n'));
  const bodies = pages.flatMap(({ items }) => items.map(({ body }) => body));
  writeFileSync(join(outDir, 'llms-full.txt'), [head, ...bodies].join('\n\n'));
}

/** A page's front matter description, and its text without the Vue parts. */
function split(source: string): { readonly description: string; readonly body: string } {
  const [, matter = '', rest = source] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? [];
  const description = /^description: "(.*)"$/m.exec(matter)?.[1];
  if (!description) throw new Error(`a page has no description in its front matter: ${source.slice(0, 80)}`);
  const body = rest.replace(/<script setup.*?<\/script>/gs, '').replace(/^<[A-Z].*\/>$/gm, '');
  return { description, body: body.trim() };
}
