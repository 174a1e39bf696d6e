import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { etagOf, readIfMatch } from './if-match.js';

describe('If-Match', () => {
  it.each<[string | undefined, number[] | null]>([
    [undefined, null],
    ['*', null],
    [' * ', null],
    ['"1"', [1]],
    [etagOf(42), [42]],
    ['"1", "2"', [1, 2]],
    ['W/"3"', [3]],
    ['"3-gzip"', [3]],
    ['"3;gzip"', [3]],
    ['"3--gzip"', [3]],
    ['W/"3-br"', [3]],
    ['"1-gzip", "2-gzip"', [1, 2]],
    ['"3-gzip-gzip"', []],
    ['"3-other"', []],
    ['"-gzip"', []],
    ['"abc"', []],
    ['""', []],
    ['"03"', []],
    ['"99999999999999999999"', []],
    ['"abc", "7"', [7]],
  ])('%s lets pass %j', (header, revisions) => {
    expect(readIfMatch(header)).toEqual(revisions);
  });

  it.each(['', '3', '"3', '3"', '"1" "2"', '"1",', '*, "1"', 'w/"1"', "'1'"])('%j is refused', (header) => {
    expect(() => readIfMatch(header)).toThrow(DomainError);
  });
});
