import { openBrowser } from '../../browser-site.mjs';
import { photo } from '../workplace.mjs';
import { checkText } from './checks.mjs';

/** Opens a page in Chromium, gives it the photo, and waits for what it says in `answer`. Returns all that it asked for. */
export async function visitPage(url, answer) {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const complaints = [];
    const asked = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url, { timeout: 90_000 });
    await page.locator('input[type=file]').setInputFiles(photo);
    await page
      .locator(answer)
      .filter({ hasText: 'years' })
      .first()
      .waitFor({ timeout: 90_000 })
      .catch((error) => complaints.push(error.message));
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    checkText(await page.locator(answer).first().textContent());
    return asked;
  } finally {
    await browser.close();
  }
}
