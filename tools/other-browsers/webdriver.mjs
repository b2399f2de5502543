/**
 * Firefox and WebKit, driven from outside: the commands of the W3C's WebDriver, sent to Firefox over Marionette, its own
 * socket, which needs no geckodriver, and to WebKit by HTTP over WebKitWebDriver.
 */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../free-port.mjs';
import { BROWSERS, onScreen, startIn } from './browsers.mjs';

/** The key under which WebDriver names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** For desktops, with the bars of the window; both browsers have a least width above that of a phone. */
const WINDOW = { width: 1280, height: 960 };

/** For a page to load, and for a script that waits, in milliseconds. */
const TIMEOUTS = { pageLoad: 60_000, script: 300_000 };

const DRIVERS = { firefox: driveFirefox, webkit: driveWebKit };

/**
 * Starts one of the installed browsers and its driver.
 * @param {{ name: string, program: string }} browser
 * @returns {Promise<Session>}
 *
 * @typedef {object} Session
 * @property {(url: string) => Promise<void>} goto
 * @property {<T>(expression: string) => Promise<T>} evaluate what an expression of the page, or its promise, comes to
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, path: string) => Promise<void>} chooseFile
 * @property {() => Promise<Buffer>} screenshot the part of the page that the window shows, as PNG
 * @property {() => Promise<void>} close
 */
export async function openDriven(browser) {
  const { send, close } = await DRIVERS[browser.name](browser);
  const onElement = async (selector, command, parameters) => {
    const found = await send('FindElement', { using: 'css selector', value: selector });
    await send(command, { ...parameters, id: found[ELEMENT] });
  };
  try {
    await send('SetTimeouts', TIMEOUTS);
    await send('SetWindowRect', WINDOW);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    goto: (url) => send('Navigate', { url }),
    async evaluate(expression) {
      const script = `const done = arguments[0];
        (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await send('ExecuteAsyncScript', { script, args: [] });
      if (error) throw new Error(error);
      return value;
    },
    click: (selector) => onElement(selector, 'ElementClick', {}),
    chooseFile: (selector, path) => onElement(selector, 'ElementSendKeys', { text: path }),
    screenshot: async () => Buffer.from(await send('TakeScreenshot', { full: false }), 'base64'),
    close,
  };
}

/** Asks until there is an answer; a browser takes seconds to start. */
async function patiently(child, attempt) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the browser ended with ${child.exitCode}`);
    const answer = await attempt().catch(() => undefined);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function driveFirefox({ name, program }) {
  const { settings } = BROWSERS.firefox;
  const { profile, child, close } = startIn(name, (home) => [
    program,
    '--marionette',
    ...settings(home, 'about:blank'),
  ]);
  const file = join(profile, 'MarionetteActivePort');
  const port = await patiently(child, async () => Number(await readFile(file, 'utf8')) || undefined);
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map();
  let received = Buffer.alloc(0);
  socket.on('data', (piece) => {
    received = Buffer.concat([received, piece]);
    for (;;) {
      const colon = received.indexOf(':'); // length:[1,id,error,result], and once a greeting
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.toString('utf8', colon + 1, end));
      received = received.subarray(end);
      if (Array.isArray(message)) waiting.get(message[1])(message);
    }
  });
  let sent = 0;
  const send = (command, parameters) =>
    new Promise((resolve, reject) => {
      sent += 1;
      waiting.set(sent, ([, , error, result]) =>
        error ? reject(new Error(`${command}: ${error.message}`)) : resolve(result.value ?? result),
      );
      const message = Buffer.from(JSON.stringify([0, sent, `WebDriver:${command}`, parameters]));
      socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    });
  await send('NewSession', {});
  return {
    send,
    async close() {
      socket.destroy();
      await close();
    },
  };
}

/** The path of each command below the session's, and what it wants beside its parameters. */
const PATHS = {
  SetTimeouts: () => 'timeouts',
  SetWindowRect: () => 'window/rect',
  Navigate: () => 'url',
  ExecuteAsyncScript: () => 'execute/async',
  FindElement: () => 'element',
  ElementClick: ({ id }) => `element/${id}/click`,
  ElementSendKeys: ({ id }) => `element/${id}/value`,
  TakeScreenshot: () => 'screenshot',
};

async function driveWebKit({ name, program }) {
  const port = await freePort();
  const { child, close } = startIn(name, () => [...onScreen('WebKitWebDriver'), `--port=${port}`]);
  const ask = async (method, path, parameters) => {
    const body = parameters && JSON.stringify(parameters);
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method, ...(body && { body }) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.message || value.error}`);
    return value;
  };
  await patiently(child, () => ask('GET', 'status'));
  const options = { binary: program, args: ['--automation'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId } = await ask('POST', 'session', { capabilities });
  return {
    send: (command, parameters) =>
      ask(
        command === 'TakeScreenshot' ? 'GET' : 'POST',
        `session/${sessionId}/${PATHS[command](parameters)}`,
        command === 'TakeScreenshot' ? undefined : parameters,
      ),
    async close() {
      await ask('DELETE', `session/${sessionId}`).catch(() => undefined);
      await close();
    },
  };
}
