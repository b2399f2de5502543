import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/**
 * Links within a built site that lead nowhere: pages, files and anchors. VitePress itself checks pages only.
 * @param {string} folder
 * @returns {string[]} one line a dead link
 */
export function checkLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => path.replaceAll('\\', '/'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
  const anchors = new Map();
  const anchorsOf = (page) => {
    if (!anchors.has(page)) {
      anchors.set(page, new Set([...texts.get(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
    }
    return anchors.get(page);
  };
  return pages.flatMap((page) =>
    [...new Set([...texts.get(page).matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link]) => link))]
      .filter((link) => !/^([a-z]+:|\/\/)/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#');
        const base = path.startsWith('/') ? path.slice(1) : posix.join(dirname(page), path);
        const target = path === '' ? page : base === '' || base.endsWith('/') ? `${base}index.html` : base;
        if (!texts.has(target)) return !existsSync(join(folder, target));
        return Boolean(anchor) && !anchorsOf(target).has(decodeURIComponent(anchor));
      })
      .map((link) => `${page}: ${link}`),
  );
}
