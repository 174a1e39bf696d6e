import type { Attempt } from '@im/contracts/api/deliveries';
import { describe, expect, it } from 'vitest';
import { requestDifferences, responseDifferences } from './attempt-differences.js';
import { longestOf, timelineOf } from './attempt-timeline.js';

function attempt(override: Partial<Attempt> = {}): Attempt {
  return {
    attempt: 1,
    startedAt: '2026-11-30T08:00:00.000Z',
    durationMs: 500,
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
    remoteAddress: '192.0.2.1',
    requestHeaders: { 'X-App-Nonce': 'a', 'Content-Type': 'application/json' },
    responseStatus: 500,
    responseHeaders: { date: 'now', server: 'nginx' },
    responseBody: 'no',
    isResponseTruncated: false,
    errorClass: 'server_error',
    errorMessage: null,
    diagnosis: null,
    isSplit: false,
    ...override,
  };
}

describe('the timeline', () => {
  it('has the newest attempt first, and the time from the end of the one before', () => {
    const second = attempt({ attempt: 2, startedAt: '2026-11-30T08:00:30.500Z', durationMs: 2_000 });
    const third = attempt({ attempt: 3, startedAt: '2026-11-30T08:00:32.000Z' });
    expect(
      timelineOf([attempt(), third, second]).map((each) => [each.attempt.attempt, each.waitedMs]),
    ).toEqual([
      [3, 0],
      [2, 30_000],
      [1, null],
    ]);
    expect(longestOf([attempt(), second])).toBe(2_000);
    expect(longestOf([])).toBe(0);
  });
});

describe('the differences from the attempt before', () => {
  it.each<[string, Partial<Attempt>, [string, string | null, string | null][]]>([
    [
      'nothing but what is new each time',
      { requestHeaders: { 'X-App-Nonce': 'b', 'Content-Type': 'application/json' } },
      [],
    ],
    ['another address', { remoteAddress: '192.0.2.2' }, [['remoteAddress', '192.0.2.1', '192.0.2.2']]],
    [
      'headers',
      { requestHeaders: { 'X-Team': 'im' } },
      [
        ['Content-Type', 'application/json', null],
        ['X-Team', null, 'im'],
      ],
    ],
  ])('in the request are %s', (_, override, expected) => {
    const found = requestDifferences(attempt(), attempt(override));
    expect(found.map(({ name, before, after }) => [name, before, after])).toEqual(expected);
  });

  it.each<[string, Partial<Attempt>, [string, string | null, string | null][]]>([
    ['none', { responseHeaders: { date: 'later', server: 'nginx' } }, []],
    [
      'the status and what it means',
      { responseStatus: 404, errorClass: 'not_found' },
      [
        ['responseStatus', '500', '404'],
        ['errorClass', 'server_error', 'not_found'],
      ],
    ],
    [
      'an answer where there was one',
      { responseStatus: null, errorClass: 'response_timeout', responseHeaders: null, responseBody: null },
      [
        ['responseStatus', '500', null],
        ['errorClass', 'server_error', 'response_timeout'],
        ['server', 'nginx', null],
        ['responseBody', 'no', null],
      ],
    ],
  ])('in the response are %s', (_, override, expected) => {
    const found = responseDifferences(attempt(), attempt(override));
    expect(found.map(({ name, before, after }) => [name, before, after])).toEqual(expected);
  });
});
