import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstMissing, isOnPath, run } from './testing/run.js';
import {
  compiled,
  LANGUAGES,
  needsToReceive,
  needsToSign,
  RECEIVING,
  runnable,
  SAMPLES,
} from './testing/sample-languages.js';
import { QUESTIONS, toLine } from './testing/sample-questions.js';

const signing = await runnable(LANGUAGES, needsToSign);
const receiving = await runnable(RECEIVING, needsToReceive);

const namesOf = (languages: readonly { name: string }[]) => languages.map(({ name }) => name);
// What a machine lacks gets no tests, so it is named in the output.
const missing = LANGUAGES.filter((language) => !signing.includes(language));
const withoutReceiver = RECEIVING.filter((language) => !receiving.includes(language));

if (missing.length > 0 || withoutReceiver.length > 0) {
  const names = [...namesOf(missing), ...namesOf(withoutReceiver).map((name) => `the receiver in ${name}`)];
  process.stderr.write(`Samples that cannot be run on this machine: ${names.join(', ')}\n`);
}

describe('the samples of docs/samples', () => {
  it('run in every language that is on this machine', async () => {
    const broken = await Promise.all(
      missing.map(async ({ name, needs }) => {
        const need = await firstMissing(needs);
        return need && (await isOnPath(need.command)) ? [name] : [];
      }),
    );
    expect(broken.flat()).toEqual([]);
    expect(namesOf(signing)).toContain('Node');
    expect(namesOf(receiving)).toContain('Node');
  });

  // The workflow installs them all and says so; another machine tests what it has.
  it('run in every language where the workflow demands it', () => {
    const isDemanded = process.env.REQUIRE_EVERY_SAMPLE === 'true';
    expect(namesOf(isDemanded ? missing : [])).toEqual([]);
    expect(namesOf(isDemanded ? withoutReceiver : [])).toEqual([]);
  });
});

describe.each(signing)('the sample in $name', (language) => {
  let directory = '';

  beforeAll(async () => {
    directory = await compiled(language);
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('signs every vector, accepts what is genuine and refuses everything else', async () => {
    const answers = await run(language.answer(directory), QUESTIONS.map(toLine).join(''));
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
});

describe.each(signing.filter(({ name }) => name === 'curl'))('the sample for $name', (language) => {
  it('does not pass the secret to openssl as an argument, where others could see it', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'im-sample-'));
    const log = path.join(directory, 'arguments');
    const spy = path.join(directory, 'openssl');
    try {
      await writeFile(spy, `#!/bin/sh\nprintf '%s\\n' "$@" >>'${log}'\nPATH=\${PATH#*:} exec openssl "$@"\n`);
      await chmod(spy, 0o755);
      const PATH = `${directory}${path.delimiter}${process.env.PATH ?? ''}`;
      const [question] = QUESTIONS;
      const answer = await run(language.answer(directory), toLine(question!), { PATH });
      expect(answer.trim()).toBe(question!.signatureHex);
      const seen = await readFile(log, 'utf8');
      expect(seen).toContain('-sha256');
      expect(seen).not.toContain(question!.key);
      expect(seen).not.toContain(Buffer.from(question!.key).toString('hex'));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('samples that are not run here', () => {
  it.each([
    [
      'csharp/ImSignature.cs',
      [
        ...['FixedTimeEquals', '5 * 60 * 1000', 'X-App-Signature-Next', 'X-App-Signature-Previous'],
        ...['ThrowIfNullOrEmpty(secret)', 'IsNullOrEmpty(secret)'],
      ],
    ],
    [
      'csharp/receive/Receive.cs',
      ['request.Body.CopyToAsync', 'ImSignature.IsGenuine', 'callbackId', '"events"', 'BadRequest'],
    ],
    ['csharp/send/Send.cs', ['ImSignature.Sign', '/api/v1/apps/', 'IsNullOrEmpty(secret)']],
    ['csharp/receive/receive.csproj', ['../ImSignature.cs', 'Microsoft.NET.Sdk.Web']],
    ['csharp/send/send.csproj', ['../ImSignature.cs', '<OutputType>Exe</OutputType>']],
    [
      'java/CallbackController.java',
      ['byte[] received', 'ImSignature.isGenuine', 'callbackId', '"events"', 'badRequest'],
    ],
  ])('%s has what the others are tested for', async (name, parts) => {
    const text = await readFile(path.join(SAMPLES, name), 'utf8');
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });
});
