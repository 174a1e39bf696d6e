import { expect, it } from 'vitest';
import { toCsv } from './csv.js';

it.each([
  ['numbers and gaps', [1.5, null, -2], '1.5,,-2'],
  ['quotes, commas and new lines', ['a "b"', 'c,d', 'e\nf'], '"a ""b""","c,d","e\nf"'],
  ['what a spreadsheet would run', ['=1+1', '@x', 'a=b'], "'=1+1,'@x,a=b"],
])('writes %s', (_, row, line) => {
  expect(toCsv(['x', 'y', 'z'], [row])).toBe(`x,y,z\r\n${line}\r\n`);
});
