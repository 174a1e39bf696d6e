import { describe, expect, it } from 'vitest';
import { createSimulator } from './create-simulator.js';
import { readOptions } from './options.js';

const URL = 'http://127.0.0.1:8080/in/openim/t';

describe('the command line', () => {
  it.each<[string, string[], object]>([
    ['a kind and an address', ['openim', '--url', URL], { kind: 'openim', perSecond: 1 }],
    [
      'what a package manager puts in between',
      ['--', 'wukongim', '--url', URL, '--rate', '2.5', '--seconds', '3', '--version', 'v2'],
      { kind: 'wukongim', perSecond: 2.5, seconds: 3, simulator: { version: 'v2' } },
    ],
    ['questions', ['openim', '--url', URL, '--before'], { simulator: { url: URL, asksBefore: true } }],
    ['a signature', ['tencent', '--url', URL, '--token', 'x'], { simulator: { token: 'x' } }],
  ])('understands %s', (_what, args, expected) => {
    expect(readOptions(args)).toMatchObject(expected);
  });

  it.each<[string, string[], RegExp]>([
    ['no kind', ['--url', URL], /openim, wukongim, dootask, tencent/],
    ['an unknown kind', ['matrix', '--url', URL], /openim/],
    ['no address', ['openim'], /--url/],
    ['a rate that is none', ['openim', '--url', URL, '--rate', '0'], /--rate/],
    ['an unknown option', ['openim', '--url', URL, '--fast'], /--fast/],
  ])('refuses %s', (_what, args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe('a simulator', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'of an unknown version',
      () => createSimulator('openim', { url: URL, version: '2.0' }),
      /main, 3\.8, 3\.7/,
    ],
    ['with an address that is none', () => createSimulator('dootask', { url: 'localhost' }), /no http/],
  ])('%s is not made', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});
