import { describe, expect, it } from 'vitest';
import { csvHead, csvLines } from './write-lines.js';

describe('lines of CSV', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "hi"', '"say ""hi"""'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
    ['Chinese', '消息内容', '消息内容'],
    ['a number', -5, '-5'],
    ['zero', 0, '0'],
    ['a boolean', false, 'false'],
    ['nothing', null, ''],
    ['an absent field', undefined, ''],
    ['an object', { a: [1, 'x,y'] }, '"{""a"":[1,""x,y""]}"'],
    ['a formula', '=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
    ['a plus', '+1', "'+1"],
    ['a minus', '-1', "'-1"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t=1"],
    ['a wide equals sign', '=1', "'=1"],
  ] as [string, unknown, string?][])(
    'write %s such that nothing is lost and nothing is run',
    (_name, value, cell) => {
      expect(csvLines(['a', 'b'], [{ a: value, b: 'end' }])).toBe(`${cell ?? String(value)},end\r\n`);
    },
  );

  it('begin with a byte order mark and the names of the columns', () => {
    expect(csvHead(['deliveryId', 'status'])).toBe('\uFEFFdeliveryId,status\r\n');
  });

  it('are none of no rows', () => {
    expect(csvLines(['a'], [])).toBe('');
  });
});
