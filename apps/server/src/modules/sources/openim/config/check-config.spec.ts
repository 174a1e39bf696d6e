import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkConfig } from './check-config.js';

const URL_OF_SOURCE = 'https://im.example.com/in/openim/token';
const MESSAGES =
  'afterSendSingleMsg:\n  enable: true\n  timeout: 5\nafterSendGroupMsg:\n  enable: true\n  timeout: 5\n';
const GOOD = `url: ${URL_OF_SOURCE}\n${MESSAGES}`;

function found(text: string): [string, number | null, string][] {
  return checkConfig(text, URL_OF_SOURCE).map(({ severity, line, message }) => [severity, line, message.en]);
}

describe('a webhooks.yml', () => {
  it.each([
    ['is right', GOOD, 'ok', null, 'Nothing is wrong'],
    ['in other cases is right', GOOD.replace('afterSend', 'AFTERSEND'), 'ok', null, 'Nothing is wrong'],
    ['with Windows lines is right', GOOD.replaceAll('\n', '\r\n'), 'ok', null, 'Nothing is wrong'],
    ['under a level too many', `webhooks:\n${indented(GOOD)}`, 'error', 1, '“webhooks:” is a level too many'],
    [
      'under a level too many, without its url',
      `callback:\n${indented(MESSAGES)}`,
      'error',
      1,
      'a level too many',
    ],
    ['without an address', MESSAGES, 'error', null, 'no url at the top'],
    ['with an empty address', `url:\n${MESSAGES}`, 'error', 1, 'url is empty'],
    ['with no address', `url: im.example.com\n${MESSAGES}`, 'error', 1, 'no http or https'],
    ['with a slash', GOOD.replace('token', 'token/'), 'warning', 1, 'ends in a slash'],
    ['without the token', GOOD.replace('/token', ''), 'error', 1, 'lacks the token'],
    ['with another token', GOOD.replace('token', 'tokem'), 'error', 1, 'another token'],
    [
      'with the command in the address',
      GOOD.replace('token', 'token/x'),
      'warning',
      1,
      'goes on after the token',
    ],
    [
      'with another host',
      GOOD.replace('im.example.com', '10.0.0.5:8080'),
      'warning',
      1,
      'another scheme, host or port',
    ],
    [
      'with an address elsewhere',
      `url: http://127.0.0.1:10006/callbackExample\n${MESSAGES}`,
      'error',
      1,
      'elsewhere',
    ],
    [
      'with a mistyped event',
      `${GOOD}afterUserOnlin:\n  enable: true\n`,
      'warning',
      8,
      'Is afterUserOnline meant?',
    ],
    [
      'with a command for an event',
      `${GOOD}callbackAfterKickGroupCommand:\n  enable: true\n`,
      ...(['warning', 8, 'Is afterKickGroupMember meant?'] as const),
    ],
    ['with an unknown event', `${GOOD}somethingElse: 1\n`, 'warning', 8, 'is no event of OpenIM'],
    [
      'with a mistyped setting',
      `${GOOD}afterQuitGroup:\n  enabled: true\n`,
      'warning',
      9,
      'Is enable meant?',
    ],
    ['with an event without settings', `${GOOD}afterQuitGroup: true\n`, 'error', 8, 'no settings below it'],
    ['with everything off', GOOD.replaceAll('true', 'false'), 'error', null, 'No event is enabled'],
    [
      'with messages off',
      `url: ${URL_OF_SOURCE}\nafterQuitGroup:\n  enable: true\n`,
      'warning',
      null,
      'any message',
    ],
    ['with messages twice', `${GOOD}afterMsgSaveDB:\n  enable: true\n`, 'warning', null, 'sent twice'],
    [
      'with yes for true',
      `${GOOD}afterQuitGroup:\n  enable: yes\n`,
      'warning',
      9,
      'enable: true or enable: false',
    ],
    [
      'with a question',
      `${GOOD}beforeAddFriend:\n  enable: true\n  timeout: 5\n`,
      'warning',
      9,
      'waits for each answer',
    ],
    [
      'with a short question',
      `${GOOD}beforeAddFriend:\n  enable: true\n  timeout: 2\n`,
      'warning',
      10,
      'below 5 s',
    ],
    [
      'with a long timeout',
      `${GOOD}afterQuitGroup:\n  enable: true\n  timeout: 3600\n`,
      'warning',
      10,
      'after 15 s',
    ],
    ['with what is never sent', `${GOOD}afterGroupMsgRevoke:\n  enable: true\n`, 'warning', 9, 'no version'],
    ['with a range', `${GOOD}  deniedTypes: ["1000-5000"]\n`, 'warning', 8, 'form of 3.8'],
    [
      'with a range on main',
      `${GOOD}  deniedTypes: [110, "1000-5000"]\nafterMsgSaveDB:\n  enable: false\n`,
      ...(['error', 8, 'stops this version from starting'] as const),
    ],
    ['with ids of groups', `${GOOD}  attentionIds: [g1]\n`, 'warning', 8, 'suppresses every group message'],
    ['with ids of users', GOOD.replace('5\n', '5\n  attentionIds: [u1]\n'), 'warning', 5, 'these users only'],
    [
      'with the text of a list',
      GOOD.replace('5\n', '5\n  attentionIds: "[]"\n'),
      'error',
      5,
      'must be a YAML list',
    ],
    ['with a tab', `${GOOD}afterQuitGroup:\n\tenable: true\n`, 'error', 9, 'indented by a tab'],
    ['that is no YAML', 'url: "x\n', 'error', 2, 'This is no YAML'],
    ['with an event twice', `${GOOD}${MESSAGES}`, 'error', 8, 'is there twice'],
    ['that is long', 'a: 1\n'.repeat(3_000), 'error', null, 'too long'],
    ['that is nested', '['.repeat(100_000), 'error', null, 'nested too deep'],
    ['that is a text', 'hello', 'error', null, 'no names and values'],
    ['that is empty', '', 'error', null, 'no names and values'],
    ['with an alias of nothing', `${GOOD}afterQuitGroup: *nothing\n`, 'error', 8, 'no settings below it'],
  ] as const)('%s', (_, text, severity, line, message) => {
    expect(found(text)).toContainEqual([severity, line, expect.stringContaining(message)]);
  });

  it('of 3.8 may deny ranges', () => {
    expect(found(`${GOOD}  allowedTypes: []\n  deniedTypes: ["1000-5000"]\n`)).toMatchObject([
      ['ok', null, expect.any(String)],
    ]);
  });

  it('is checked below the level too many', () => {
    const lines = found(`webhooks:\n${indented(GOOD.replace('/token', ''))}`).map(([, line]) => line);
    expect(lines).toEqual([1, 2]);
  });

  it('as people paste it names each mistake once, in both languages', () => {
    const text = readFileSync(new URL('../fixtures/webhooks.yml', import.meta.url), 'utf8');
    const findings = checkConfig(text, URL_OF_SOURCE);
    expect(findings.map(({ line }) => line)).toEqual([1, 2, 6, 13, 15, 17, 20]);
    for (const { message } of findings) expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('with endless mistakes names a hundred', () => {
    const text = Array.from({ length: 500 }, (_, index) => `unknown${String(index)}: 1`).join('\n');
    expect(found(text)).toHaveLength(100);
  });

  it('that refers to itself without end is read', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map(level)].join('\n');
    expect(found(`${GOOD}${bomb}\nafterQuitGroup:\n  attentionIds: *i\n`).length).toBeGreaterThan(0);
  });
});

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function level(name: string): string {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return `${name}: &${name} [${Array.from({ length: 8 }, () => `*${before}`).join(',')}]`;
}
