import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeMarkdown, escapeSlack } from './escape-text.js';
import { fitLines, oneLine, utf8Length } from './plain-text.js';

describe('text from outside in Markdown', () => {
  it.each([
    ['[click](https://evil.example)', '［click］（https://evil.example）'],
    ['![](https://evil.example/pixel.png)', '！［］（https://evil.example/pixel.png）'],
    ['**bold** _it_ `code` ~~gone~~', '＊＊bold＊＊ ＿it＿ ｀code｀ ～～gone～～'],
    ['<@all> <font color="red">x</font>', '＜＠all＞ ＜font color="red"＞x＜/font＞'],
    ['&lt;@all&gt;', '＆lt;＠all＆gt;'],
    ['# heading', '＃ heading'],
    ['@all @所有人 @13800000000', '＠all ＠所有人 ＠13800000000'],
    ['li@example.com', 'li@example.com'],
    ['plain 中文 text', 'plain 中文 text'],
  ])('%s becomes %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('text from outside in Slack', () => {
  it.each([
    ['<!channel> & <@U123>', '&lt;!channel&gt; &amp; &lt;＠U123&gt;'],
    ['<https://evil.example|your bank>', '&lt;https://evil.example|your bank&gt;'],
    ['*bold* _it_ ~gone~ `code`', '＊bold＊ ＿it＿ ～gone～ ｀code｀'],
    ['@channel @here', '＠channel ＠here'],
  ])('%s becomes %s', (text, escaped) => {
    expect(escapeSlack(text)).toBe(escaped);
  });
});

it('text from outside in HTML is text', () => {
  expect(escapeHtml(`<img src="x" onerror='a&b'>`)).toBe(
    '&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;',
  );
});

describe('oneLine', () => {
  it.each([
    ['a\nb\r\n- c', 'a b - c'],
    ['a\u2028b\u0000c', 'a b c'],
    ['abc\u202Egpj.exe', 'abc gpj.exe'],
    ['\ud800 x', '\ufffd x'],
    ['x'.repeat(300), `${'x'.repeat(199)}…`],
    ['😀'.repeat(300), `${'😀'.repeat(199)}…`],
  ])('%j is %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });
});

describe('fitLines', () => {
  const rest = (left: number) => `+${String(left)}`;

  it('keeps everything that fits', () => {
    expect(fitLines(['aa', 'bb'], 6, rest)).toEqual(['aa', 'bb']);
  });

  it('says how much is left out, within the limit', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `第 ${String(index)} 条`);
    const fitted = fitLines(lines, 1_000, rest);
    expect(utf8Length(fitted.join('\n'))).toBeLessThanOrEqual(1_000);
    expect(fitted.at(-1)).toBe(`+${String(500 - (fitted.length - 1))}`);
  });
});
