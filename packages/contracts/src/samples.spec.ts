import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import vectors from '../test/vectors/signature.json' with { type: 'json' };
import { SIGNATURE_WINDOW_MS } from './signature.js';
import { signSync, verifySync } from './signature-node.js';

const samples = fileURLToPath(new URL('../../../docs/samples/', import.meta.url));
const drivers = fileURLToPath(new URL('../test/samples/', import.meta.url));
const SECRET = '密钥-secret';

interface Run {
  command: string;
  args: string[];
  cwd?: string;
}

interface Language {
  name: string;
  /** What has to be on the machine. */
  needs: Run[];
  /** Compiles, before anything else. */
  build?: (directory: string) => Promise<Run[]>;
  /** Answers questions by the sample. */
  answer: (directory: string) => Run;
  /** Sends an event by the sample. */
  send: (directory: string) => Run;
  /** Receives callbacks by the sample, with what the framework needs. */
  receive?: (directory: string) => Run & { needs?: Run };
  /** It only signs. */
  onlySigns?: boolean;
}

const ofSample = (...names: string[]) => path.join(samples, ...names);
const ofDriver = (name: string) => path.join(drivers, name);
const scripted = (
  command: string,
  directory: string,
  extension: string,
): Pick<Language, 'answer' | 'send'> => ({
  answer: () => ({ command, args: [ofDriver(`vectors.${extension}`), ofSample(directory)] }),
  send: () => ({ command, args: [ofSample(directory, `send.${extension}`)] }),
});

const LANGUAGES: Language[] = [
  {
    name: 'Node',
    needs: [],
    ...scripted(process.execPath, 'node', 'mjs'),
    receive: () => ({
      command: process.execPath,
      args: [ofSample('node', 'receive.mjs')],
      needs: { command: process.execPath, args: ['-e', 'require("express")'], cwd: ofSample('node') },
    }),
  },
  {
    name: 'Python',
    needs: [{ command: 'python3', args: ['--version'] }],
    ...scripted('python3', 'python', 'py'),
    receive: () => ({
      command: 'python3',
      args: [ofSample('python', 'receive.py')],
      needs: { command: 'python3', args: ['-c', 'import flask'] },
    }),
  },
  {
    name: 'PHP',
    needs: [{ command: 'php', args: ['--version'] }],
    ...scripted('php', 'php', 'php'),
    receive: () => ({
      command: 'sh',
      args: ['-c', `exec php -S "127.0.0.1:$PORT" ${ofSample('php', 'receive.php')}`],
    }),
  },
  {
    name: 'curl',
    needs: [
      { command: 'bash', args: ['--version'] },
      { command: 'curl', args: ['--version'] },
      { command: 'openssl', args: ['version'] },
    ],
    ...scripted('bash', 'curl', 'sh'),
    onlySigns: true,
  },
  {
    name: 'Go',
    needs: [{ command: 'go', args: ['version'] }],
    build: async (directory) => {
      await cp(ofSample('go'), directory, { recursive: true });
      await cp(ofDriver('vectors.go'), path.join(directory, 'vectors', 'main.go'));
      return [{ command: 'go', args: ['build', '-o', 'bin/', './...'], cwd: directory }];
    },
    answer: (directory) => ({ command: path.join(directory, 'bin', 'vectors'), args: [] }),
    send: (directory) => ({ command: path.join(directory, 'bin', 'send'), args: [] }),
    receive: (directory) => ({ command: path.join(directory, 'bin', 'receive'), args: [] }),
  },
  {
    name: 'Java',
    needs: [{ command: 'javac', args: ['--version'] }],
    build: (directory) =>
      Promise.resolve([
        {
          command: 'javac',
          args: [
            ...['-encoding', 'UTF-8', '-d', directory],
            ...['ImSignature.java', 'SendEvent.java'].map((name) => ofSample('java', name)),
            ofDriver('Vectors.java'),
          ],
        },
      ]),
    answer: (directory) => ({ command: 'java', args: ['-cp', directory, 'Vectors'] }),
    send: (directory) => ({ command: 'java', args: ['-cp', directory, 'SendEvent'] }),
  },
];

/** What a sample is asked: to sign, and whether it accepts. */
interface Question {
  name: string;
  key: string;
  appKey: string;
  timestamp: string;
  nonce: string;
  body: Buffer;
  header: string;
  signature: string;
  nowMs: number;
  isAccepted: boolean;
  /** What it has to sign with; absent: the question is only about accepting. */
  signatureHex?: string;
}

const PLAIN = questionOf(vectors.xApp[0]!);

const QUESTIONS: Question[] = [
  ...vectors.xApp.map(questionOf),
  change('with the next key', { header: 'X-App-Signature-Next' }),
  change('with the previous key', { header: 'X-App-Signature-Previous' }),
  change('at the end of the window', { nowMs: PLAIN.nowMs + SIGNATURE_WINDOW_MS }),
  change('at its beginning', { nowMs: PLAIN.nowMs - SIGNATURE_WINDOW_MS }),
  refuse('too old', { nowMs: PLAIN.nowMs + SIGNATURE_WINDOW_MS + 1 }),
  refuse('too new', { nowMs: PLAIN.nowMs - SIGNATURE_WINDOW_MS - 1 }),
  refuse('another secret', { key: `${PLAIN.key} ` }),
  refuse('another AppKey', { appKey: 'ak_demo_0002' }),
  refuse('another nonce', { nonce: 'f'.repeat(32) }),
  refuse('another body', { body: Buffer.concat([PLAIN.body, Buffer.from('\n')]) }),
  refuse('the signature under another name', { header: 'X-App-Signature-256' }),
  refuse('no signature', { signature: '' }),
  refuse('a signature in upper case', { signature: PLAIN.signature.toUpperCase() }),
  refuse('a signature that is not ASCII', { signature: '签'.repeat(64) }),
  refuse('a cut signature', { signature: PLAIN.signature.slice(0, -1) }),
  refuse('no timestamp', { timestamp: '' }),
  refuse('a timestamp that is no number', { timestamp: '1e12' }),
];

const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', LC_ALL: 'C.UTF-8' };

describe.each(await Promise.all(LANGUAGES.map(withMissing)))('the sample in $name', (language) => {
  if (language.missing !== null) {
    it(`was not run: ${language.missing}`, async () => {
      await expect(start(language.needs[0]!)).rejects.toThrow();
    });
    return;
  }
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'im-sample-'));
    for (const step of (await language.build?.(directory)) ?? []) await start(step);
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('signs every vector, accepts what is genuine and refuses everything else', async () => {
    const answers = await start(language.answer(directory), QUESTIONS.map(toLine).join(''));
    const lines = answers.trimEnd().split('\n');
    const given = QUESTIONS.map((question, index) => {
      const [signature, isAccepted] = (lines[index] ?? '').split(' ');
      return {
        name: question.name,
        signature: question.signatureHex === undefined ? undefined : signature,
        isAccepted: language.onlySigns === true ? undefined : isAccepted,
      };
    });
    expect(given).toEqual(
      QUESTIONS.map(({ name, signatureHex, isAccepted }) => ({
        name,
        signature: signatureHex,
        isAccepted: language.onlySigns === true ? undefined : String(isAccepted),
      })),
    );
  });

  it('sends an event that the service accepts', async () => {
    const service = await startService();
    try {
      await start({ ...language.send(directory) }, '', {
        IM_URL: service.url,
        APP_KEY: 'ak_of_the_test',
        APP_SECRET: SECRET,
      });
    } finally {
      service.close();
    }
    expect(service.received).toEqual([
      { url: '/api/v1/apps/ak_of_the_test/events', isGenuine: true, event: 'message.sent', text: '你好' },
    ]);
  });
});

describe.each(await Promise.all(LANGUAGES.flatMap(receiverOf)))('the receiver in $name', (receiver) => {
  if (receiver.missing !== null) {
    it(`was not run: ${receiver.missing}`, async () => {
      await expect(start(receiver.need)).rejects.toThrow();
    });
    return;
  }
  let directory = '';
  let port = 0;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'im-receiver-'));
    for (const step of (await receiver.language.build?.(directory)) ?? []) await start(step);
    port = await freePort();
    const { command, args } = receiver.runIn(directory);
    const variables = { PORT: String(port), APP_SECRET: SECRET };
    server = spawn(command, args, { env: { ...environment, ...variables }, stdio: 'ignore' });
    await vi.waitFor(() => fetch(`http://127.0.0.1:${String(port)}/`), { timeout: 60_000, interval: 50 });
  }, 120_000);
  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill();
      await once(server, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ['a genuine callback', {}, 204],
    ['the same again', {}, 204],
    ['an old one', { ageMs: 2 * SIGNATURE_WINDOW_MS }, 401],
    ['a changed body', { bodySent: CALLBACK.replace('你', '您') }, 401],
    ['one signed with another secret', { secret: 'another' }, 401],
  ])('answers %s', async (_, changes, status) => {
    expect(await sendCallback(port, changes)).toBe(status);
  });
});

describe('samples that only stand here to be read', () => {
  it.each([
    [
      'csharp/ImSignature.cs',
      ['FixedTimeEquals', '5 * 60 * 1000', 'X-App-Signature-Next', 'X-App-Signature-Previous'],
    ],
    ['csharp/Receive.cs', ['request.Body.CopyToAsync', 'ImSignature.IsGenuine', 'callbackId']],
    ['csharp/Send.cs', ['ImSignature.Sign', '/api/v1/apps/']],
    ['java/CallbackController.java', ['byte[] received', 'ImSignature.isGenuine', 'callbackId']],
    ['node/receive.mjs', ['express.raw', 'isGenuine', 'callbackId']],
  ])('%s verifies the bytes that came', async (name, parts) => {
    const text = await readFile(path.join(samples, name), 'utf8');
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });
});

async function withMissing(language: Language): Promise<Language & { missing: string | null }> {
  const need = await firstMissing(language.needs);
  return { ...language, missing: need && `there is no ${need.command} on this machine` };
}

interface ReceiverInTest {
  name: string;
  language: Language;
  runIn: (directory: string) => Run;
  need: Run;
  missing: string | null;
}

function receiverOf(language: Language): Promise<ReceiverInTest>[] {
  const { name, receive, needs } = language;
  if (!receive) return [];
  const all = [...needs, ...[receive('').needs ?? []].flat()];
  return [
    firstMissing(all).then((need) => ({
      ...{ name, language, runIn: receive },
      need: need ?? { command: '', args: [] },
      missing: need && `here fails: ${path.basename(need.command)} ${need.args.join(' ')}`,
    })),
  ];
}

/** Of a body as JSON libraries would not write it again: a space, an escape, a number beyond a double's precision. */
const CALLBACK = String.raw`{"callbackId":"c1", "event":"message.sent","data":{"text":"你\u597d","seq":9007199254740993}}`;

async function sendCallback(
  port: number,
  { ageMs = 0, bodySent = CALLBACK, secret = SECRET }: { ageMs?: number; bodySent?: string; secret?: string },
): Promise<number> {
  const input = { appKey: 'ak_demo_0001', timestamp: String(Date.now() - ageMs), nonce: '0'.repeat(32) };
  const response = await fetch(`http://127.0.0.1:${String(port)}/callback`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'X-App-Key': input.appKey,
      'X-App-Timestamp': input.timestamp,
      'X-App-Nonce': input.nonce,
      'X-App-Signature': signSync(secret, input, CALLBACK),
    },
    body: bodySent,
  });
  return response.status;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function firstMissing(needs: readonly Run[]): Promise<Run | null> {
  for (const need of needs) {
    const isThere = await start(need).then(
      () => true,
      () => false,
    );
    if (!isThere) return need;
  }
  return null;
}

/** @returns what it prints */
async function start({ command, args, cwd }: Run, input = '', variables = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { ...(cwd !== undefined && { cwd }), env: { ...environment, ...variables }, maxBuffer: 8 * 1_048_576 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${command} ${args.join(' ')}: ${error.message}\n${stderr}`));
        else resolve(stdout);
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** The part of the service that verifies an app's signature. */
async function startService() {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    void bytesOf(request).then((body) => {
      const read = (name: string) => String(request.headers[name] ?? '');
      const input = {
        appKey: read('x-app-key'),
        timestamp: read('x-app-timestamp'),
        nonce: read('x-app-nonce'),
      };
      const isNow = Math.abs(Date.now() - Number(input.timestamp)) < SIGNATURE_WINDOW_MS;
      const isGenuine = isNow && verifySync(SECRET, input, body, read('x-app-signature'));
      const { event, data } = JSON.parse(body.toString('utf8')) as { event: string; data: { text: string } };
      received.push({ url: request.url, isGenuine, event, text: data.text });
      response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"data":{}}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, received, close: () => server.close() };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function questionOf(vector: (typeof vectors.xApp)[number]): Question {
  const { name, key, appKey, timestamp, nonce, bodyBase64, signatureHex } = vector;
  // The one vector without a body means 256 KiB of the letter x.
  const body = bodyBase64 === null ? Buffer.alloc(262_144, 'x') : Buffer.from(bodyBase64, 'base64');
  const nowMs = Number(timestamp);
  const signature = signatureHex;
  return {
    ...{ name, key, appKey, timestamp, nonce, body, signature, nowMs, signatureHex },
    header: 'X-App-Signature',
    isAccepted: true,
  };
}

function change(name: string, changes: Partial<Question>): Question {
  const { signatureHex: _, ...question } = PLAIN;
  return { ...question, name, ...changes };
}

function refuse(name: string, changes: Partial<Question>): Question {
  return change(name, { ...changes, isAccepted: false });
}

/** Base64 of each field behind a mark, so that an empty one is a field too. */
function toLine({ key, appKey, timestamp, nonce, body, header, signature, nowMs }: Question): string {
  const fields = [key, appKey, timestamp, nonce, body, header, signature, String(nowMs)];
  return `${fields.map((field) => `-${Buffer.from(field).toString('base64')}`).join(' ')}\n`;
}
