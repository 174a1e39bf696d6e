/** Compares each page of the docs with its translation: what a reader finds in one is in the other. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './paths.mjs';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.zh-CN.md'], {
  cwd: inRoot(),
})
  .toString()
  .trim()
  .split('\n')
  .map((chinese) => ({ chinese, english: chinese.replace('.zh-CN.md', '.md') }));

const withoutCode = (text) => text.replace(/^(`{3,}).*?^\1/gms, '');
const read = (page) => readFileSync(inRoot(page), 'utf8');

const headingsOf = (text) => [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, level]) => level.length);

/** The number of rows and columns of each table. */
function tablesOf(text) {
  const blocks = withoutCode(text)
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return blocks
    .filter((rows) => rows.length > 1)
    .map((rows) => [rows.length, rows[1].split(/(?<!\\)\|/).length - 2]);
}

/** The names in the first column of each row that are code: settings, metrics, messages of the log. */
function codeOfFirstColumns(text) {
  const cells = [...withoutCode(text).matchAll(/^\|([^|]*)\|/gm)].map(([, cell]) => cell);
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  // What stands for something else is translated.
  return names.map((name) => name.replaceAll(/<[^>]*>/g, '<…>'));
}

const blocksOfCode = (text) => [...text.matchAll(/^```(\w*)/gm)].map(([, language]) => language);

describe.each(pages)('$chinese', ({ chinese, english }) => {
  it('has the headings, tables and blocks of code of its English page', () => {
    expect(existsSync(inRoot(english))).toBe(true);
    const [translated, original] = [read(chinese), read(english)];
    expect(headingsOf(translated)).toEqual(headingsOf(original));
    expect(tablesOf(translated)).toEqual(tablesOf(original));
    expect(blocksOfCode(translated)).toEqual(blocksOfCode(original));
  });

  it('names the same settings, metrics and fields in its tables', () => {
    expect(codeOfFirstColumns(read(chinese))).toEqual(codeOfFirstColumns(read(english)));
  });
});
