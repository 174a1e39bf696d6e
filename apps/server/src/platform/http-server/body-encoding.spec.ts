import { describe, expect, it } from 'vitest';
import { assertPlainUtf8 } from './body-encoding.js';

describe('a JSON body', () => {
  it.each([
    {},
    { 'content-type': 'application/json' },
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'application/json;charset="UTF-8"' },
    { 'content-type': 'application/json; profile=x; charset=utf8' },
    { 'content-encoding': 'identity' },
    { 'content-encoding': ' Identity , identity' },
    { 'content-encoding': '' },
  ])('may say %j', (headers) => {
    expect(() => {
      assertPlainUtf8(headers);
    }).not.toThrow();
  });

  it.each([
    [{ 'content-type': 'application/json; charset=utf-16' }, '"utf-16"'],
    [{ 'content-type': 'application/json; charset="latin1"' }, '"latin1"'],
    [{ 'content-type': 'application/json; charset=' }, '""'],
    [{ 'content-encoding': 'gzip' }, '"gzip"'],
    [{ 'content-encoding': 'identity, br' }, '"br"'],
    [{ 'content-encoding': 'x'.repeat(99) }, '"xxxx'],
  ])('may not say %j', (headers, named) => {
    expect(() => {
      assertPlainUtf8(headers);
    }).toThrow(expect.objectContaining({ status: 415, message: expect.stringContaining(named) as string }));
  });
});
