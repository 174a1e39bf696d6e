import { describe, expect, it } from 'vitest';
import { layOutJson } from '../../../shared/format/json-layout.js';
import {
  foldedText,
  jsonLinesOf,
  matchingLines,
  splitByMatch,
  unfoldedTo,
  visibleLines,
} from './json-lines.js';

const lines = jsonLinesOf(
  layOutJson('{"a":{"b":[1,{"c":"Hello {"}],"none":{}},"id":653247040368672768}') ?? '',
);
const texts = (indices: readonly number[]) => indices.map((index) => lines[index]?.text.trim());

describe('JSON in lines', () => {
  it('knows where each line’s object or list ends', () => {
    expect(lines.map(({ closedAt }) => closedAt)).toEqual([
      ...[
        11,
        9,
        7,
        undefined,
        6,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ],
    ]);
    expect(lines[10]?.text).toBe('  "id": 653247040368672768');
  });

  it('takes a bracket in a text for what it is', () => {
    expect(lines[5]?.text.trim()).toBe('"c": "Hello {"');
    expect(jsonLinesOf('"{"').map(({ closedAt }) => closedAt)).toEqual([undefined]);
  });

  it.each([
    ['nothing', [], 12],
    ['a list', [2], 7],
    ['an object with all in it', [1, 2], 4],
    ['all of it', [0], 1],
  ])('with %s folded shows the rest', (_, folded, count) => {
    expect(visibleLines(lines, new Set(folded))).toHaveLength(count);
  });

  it('shows of what is folded how it begins and ends', () => {
    expect(foldedText(lines, 2).trim()).toBe('"b": […],');
    expect(foldedText(lines, 3).trim()).toBe('1,');
  });

  it.each([
    ['hello', ['"c": "Hello {"']],
    ['653247', ['"id": 653247040368672768']],
    ['', []],
    ['nothing like it', []],
  ])('finds "%s"', (text, found) => {
    expect(texts(matchingLines(lines, text))).toEqual(found);
  });

  it('unfolds what hides a line, and leaves the rest folded', () => {
    expect([...unfoldedTo(lines, new Set([1, 2, 8]), 5)]).toEqual([8]);
    expect([...unfoldedTo(lines, new Set([1, 2]), 1)]).toEqual([1, 2]);
  });

  it.each([
    ['Hello hello', 'hello', ['', 'Hello', ' ', 'hello', '']],
    ['Hello', '', ['Hello']],
    ['Hello', 'x', ['Hello']],
    ['İ hello', 'hello', ['İ hello']],
  ])('marks in "%s" each "%s"', (line, text, parts) => {
    expect(splitByMatch(line, text)).toEqual(parts);
  });
});
