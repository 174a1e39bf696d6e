import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceDecision, SourceRequest } from '../source-kind.js';
import { OPENIM_COMMANDS } from './mapping/commands.js';
import { openimAdapter } from './openim.adapter.js';

const SEED = Number(process.env.OPENIM_SEED ?? Date.now() % 1_000_000);
const RUNS = { seed: SEED, numRuns: 500 };
const URL_OF_SOURCE = 'https://im.example.com/in/openim/token';

const fields = [
  ...new Set(OPENIM_COMMANDS.flatMap((each) => Object.values(each.fields).flatMap(({ from }) => from))),
  ...OPENIM_COMMANDS.flatMap(({ changes }) => changes.flatMap(({ name, payload }) => [name, ...payload])),
  ...['callbackCommand', 'memberList', 'users', 'contentType', '__proto__', 'constructor'],
];
const value = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom(
    '',
    '\u0000',
    'u1',
    '{"content":"hi"}',
    '[',
    0,
    1,
    101,
    1_202,
    -1,
    2 ** 53,
    1e308,
    null,
    [],
    {},
  ),
  fc.array(fc.record({ userID: fc.constantFrom('u1', '', 5) }, { requiredKeys: [] })),
);
const object = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 12 });
const body = fc.oneof(
  object.map((each) => Buffer.from(JSON.stringify(each))),
  fc.json().map((each) => Buffer.from(each)),
  fc.uint8Array({ maxLength: 64 }).map((each) => Buffer.from(each)),
  fc
    .constantFrom('{"seq":1E999}', '{"a":-0}', '{"a":99999999999999999999}', '')
    .map((each) => Buffer.from(each)),
);
const command = fc.constantFrom(
  ...OPENIM_COMMANDS.map((each) => each.command),
  'callbackNew',
  '',
  'a/b',
  '%',
);

const request: fc.Arbitrary<SourceRequest> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT'),
  path: command,
  query: fc.oneof(
    fc.constant(''),
    fc.string(),
    command.map((each) => `command=${each}`),
  ),
  headers: fc.constant({}),
  body,
  receivedAt: fc.constant(new Date('2026-11-29T10:00:00Z')),
});

const decision: fc.Arbitrary<SourceDecision> = fc.record({
  decision: fc.constantFrom('allow', 'deny', 'modify'),
  code: fc.option(fc.double()),
  reason: fc.option(fc.string({ unit: 'binary' })),
  changes: fc.option(object),
  rawAnswer: fc.option(
    fc.oneof(
      fc.string(),
      fc.json(),
      object.map((each) => JSON.stringify(each)),
    ),
  ),
});

describe(`whatever is posted (OPENIM_SEED=${String(SEED)})`, () => {
  it('is read, and answered with status 200 and a JSON object', () => {
    fc.assert(
      fc.property(request, decision, (source, decided) => {
        const reading = openimAdapter.read(source, {});
        const answers = [openimAdapter.allow(source), openimAdapter.unavailable(source)];
        if (reading.kind === 'before') answers.push(reading.answer(decided));
        for (const { status, body: text } of answers) {
          expect(status).toBe(200);
          expect(JSON.parse(text)).toBeInstanceOf(Object);
          expect(text.trim().startsWith('{')).toBe(true);
        }
        const events = reading.kind === 'events' ? reading.events : [];
        for (const { payload } of events) expect(JSON.parse(payload)).toBeInstanceOf(Object);
      }),
      RUNS,
    );
  });

  it('never takes the group’s id out of an answer that allows', () => {
    const groupInfo = fc.constantFrom(
      'callbackBeforeSetGroupInfoCommand',
      'callbackBeforeSetGroupInfoExCommand',
    );
    fc.assert(
      fc.property(groupInfo, object, decision, (path, others, decided) => {
        const source = { ...others, groupID: 'g1' };
        const reading = openimAdapter.read(
          {
            ...{ method: 'POST', path, query: '', headers: {}, receivedAt: new Date(0) },
            body: Buffer.from(JSON.stringify(source)),
          },
          {},
        );
        if (reading.kind !== 'before') throw new Error(reading.kind);
        const text = reading.answer(decided).body;
        fc.pre(reading.readRawAnswer?.(text)?.decision !== 'deny');
        const answer = JSON.parse(text) as Record<string, unknown>;
        const name = Object.keys(answer).find((each) => each.toLowerCase() === 'groupid') ?? '';
        expect(answer[name]).toBe('g1');
      }),
      RUNS,
    );
  });

  it('as a configuration file is checked', () => {
    const line = fc.constantFrom(
      'url:',
      'url: x',
      'afterSendSingleMsg:',
      '  enable: true',
      '\tx',
      '- a',
      '*a',
      '&a',
      '{',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line).map((lines) => lines.join('\n')),
        ),
        (text) => {
          const findings = openimAdapter.checkConfig?.(text, URL_OF_SOURCE) ?? [];
          expect(findings.length).toBeGreaterThan(0);
        },
      ),
      RUNS,
    );
  });

  it('as nested as a body can be is answered', () => {
    const deep = '['.repeat(200_000);
    for (const text of [deep, `{"content":1.5,"a":${deep}${']'.repeat(200_000)}}`]) {
      const source = {
        ...{ method: 'POST', path: 'callbackAfterQuitGroupCommand', query: '', headers: {} },
        ...{ body: Buffer.from(text), receivedAt: new Date(0) },
      };
      openimAdapter.read(source, {});
      expect(openimAdapter.allow(source).status).toBe(200);
    }
  });
});
