import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenSite, openSite, settled } from './open-site.ts';

const photo = join(import.meta.dirname, '../../../fixtures/astronaut.png');
let site: OpenSite;
let page: Page;
const requests: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  site = await openSite();
  page = await site.browser.newPage();
  page.context().on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${site.url}/playground.html`);
  await settled(page);
});
afterAll(() => site.close());

const json = async (): Promise<Record<string, unknown>[]> =>
  JSON.parse((await page.textContent('[data-testid=json]'))!) as Record<string, unknown>[];

test('the demo photo is analysed without a click: one face, nine tasks', async () => {
  const [face, ...others] = await json();
  expect(others).toHaveLength(0);
  expect(Object.keys(face!)).toEqual(
    expect.arrayContaining(['parsing', 'landmarks', 'headPose', 'age', 'gender', 'race']),
  );
  expect(Object.keys(face!)).toEqual(expect.arrayContaining(['expression', 'attributes', 'visibility']));
  const { x, y, width, height } = face!.box as Record<'x' | 'y' | 'width' | 'height', number>;
  expect(x + width / 2).toBeGreaterThan(195); // her face is at about (225, 120) of 512 x 512
  expect(x + width / 2).toBeLessThan(255);
  expect(y + height / 2).toBeGreaterThan(90);
  expect(y + height / 2).toBeLessThan(150);
  expect(await page.locator('#panel-A dt').count()).toBe(9);
});

test('every request goes to the site itself', () => {
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter((url) => !url.startsWith(site.url) && !/^(blob|data):/.test(url))).toEqual([]);
});

test('after loading, a photo is analysed and saved without a single request', async () => {
  const before = requests.length;
  await page.setInputFiles('input[type=file]', photo);
  await page.waitForSelector('.playground[data-busy="true"]');
  await settled(page);
  const download = page.waitForEvent('download');
  await page.click('text=Save overlay as PNG');
  const saved = readFileSync(await (await download).path());
  expect(saved.readUInt32BE(16)).toBe(512); // PNG: width, height
  expect(saved.readUInt32BE(20)).toBe(512);
  expect(saved.equals(readFileSync(photo))).toBe(false);
  expect(requests.slice(before).filter((url) => !/^(blob|data):/.test(url))).toEqual([]);
});

test('switching a task off takes it out of the result and of the code', async () => {
  await page.uncheck('input[value=race]');
  await page.waitForFunction(
    () => !document.querySelector('[data-testid=json]')?.textContent?.includes('race'),
  );
  const [face] = await json();
  expect(face).not.toHaveProperty('race');
  expect(face).toHaveProperty('age');
  expect(await page.textContent('#panel-C')).not.toContain('race()');
  await page.check('input[value=race]');
  await settled(page);
});

test('a file that is no photo gives a message, and the next photo works', async () => {
  await page.setInputFiles('input[type=file]', {
    name: 'x.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no'),
  });
  await page.waitForSelector('[role=alert]:has-text("BAD_IMAGE")');
  await page.click('text=Demo photo');
  await settled(page);
  expect(await page.locator('[role=alert]').count()).toBe(0);
});

test('the keyboard reaches every control, arrows move between tabs', async () => {
  await page.focus('input[type=file]');
  const reached: string[] = [];
  for (let i = 0; i < 16; i++) {
    reached.push(
      await page.evaluate(() => {
        const { value, textContent } = document.activeElement as HTMLInputElement;
        return value || (textContent ?? '').trim();
      }),
    );
    await page.keyboard.press('Tab');
  }
  expect(reached).toEqual(expect.arrayContaining(['Demo photo', 'Camera', 'Save overlay as PNG', 'wasm']));
  expect(reached).toEqual(expect.arrayContaining(['parsing', 'visibility', 'Answers']));
  await page.focus('#tab-A');
  await page.keyboard.press('ArrowRight');
  expect(await page.isVisible('#panel-J')).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-J');
});

test('the camera runs until it is stopped, without a request', async () => {
  const before = requests.length;
  await page.click('button:text-is("Camera")');
  await page.waitForSelector('.status:has-text("The camera is on.")');
  const canvas = () => page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');
  const first = await canvas();
  await expect.poll(canvas, { timeout: 30_000 }).not.toBe(first);
  await page.click('text=Stop the camera');
  await page.waitForSelector('.status:has-text("The camera is off.")');
  const ownCode = /^(blob|data):|\/assets\/chunks\/[\w.-]+\.js$/; // what follows faces is loaded with the first frame
  expect(requests.slice(before).filter((url) => !ownCode.test(url))).toEqual([]);
});

test('a camera that is refused is explained', async () => {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const allowed = mediaDevices.getUserMedia;
    mediaDevices.getUserMedia = () => {
      mediaDevices.getUserMedia = allowed;
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    };
  });
  await page.click('button:text-is("Camera")');
  await page.waitForSelector('[role=alert]:has-text("did not let this page use the camera")');
});

test('the second visit does not ask for the weights', async () => {
  const weights = (urls: readonly string[]) => urls.filter((url) => url.endsWith('.safetensors'));
  expect(weights(requests)).toHaveLength(1);
  const before = requests.length;
  await page.reload();
  await settled(page);
  expect(requests.length).toBeGreaterThan(before);
  expect(weights(requests.slice(before))).toEqual([]);
});

test('nothing was logged as an error', () => {
  expect(problems).toEqual([]);
});

test('damaged weights are an error that says so', async () => {
  const other = await site.browser.newPage();
  await other.route('**/*.safetensors', (route) => route.fulfill({ body: 'damaged' }));
  await other.goto(`${site.url}/playground.html`);
  await other.waitForSelector('[role=alert]:has-text("DOWNLOAD_FAILED")', { timeout: 60_000 });
  await other.close();
});
