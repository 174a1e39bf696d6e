/** The guides print the table of commands: WRITE_GUIDES=1 writes it into them, then `prettier --write docs/guides`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OLDER_MEMBER_JOIN, OLDER_NAMES, OPENIM_COMMANDS } from './commands.js';
import type { FieldSource, OpenimCommand, ResponseField } from './describe.js';

const GUIDES = new URL('../../../../../../../docs/guides/', import.meta.url);
type Language = 'en' | 'zh';

const WORDS = {
  en: {
    columns: ['Key', 'Command', 'Event', 'Fields', 'May be changed', 'Note'],
    older: ['Older name', 'Is now'],
    original: 'the original body',
    each: (list: string) => `one event for each of \`${list}\``,
    notification: '`system.notification` from content type 1000',
    since: (version: string) => `Since ${version}.`,
    repeats: (names: string) => `Always repeated: ${names}.`,
    or: 'else',
    received: 'time of receipt',
    formed: 'formed of',
  },
  zh: {
    columns: ['配置项', '命令', '事件', '字段', '可修改', '说明'],
    older: ['旧名', '现名'],
    original: '原始请求体',
    each: (list: string) => `\`${list}\` 每项一个事件`,
    notification: 'contentType 从 1000 起为 `system.notification`',
    since: (version: string) => `${version} 起。`,
    repeats: (names: string) => `始终回带：${names}。`,
    or: '否则',
    received: '接收时间',
    formed: '由以下字段组成：',
  },
} as const;

const code = (text: string) => `\`${text}\``;

function sourceText(source: FieldSource, language: Language): string {
  const { or, received, formed } = WORDS[language];
  if (source.how === 'constant') return code(source.value);
  if (source.how === 'received') return received;
  if (source.how === 'changes') return source.from.map(code).join(', ');
  const names = source.from.map(code);
  return source.how === 'conversation' ? `${formed} ${names.join(', ')}` : names.join(` ${or} `);
}

function fieldsText({ event, fields }: OpenimCommand, language: Language): string {
  if (event === null) return WORDS[language].original;
  return Object.entries(fields)
    .map(([name, source]) => `${code(name)} ← ${sourceText(source, language)}`)
    .join('<br>');
}

function changeText({ name, payload }: ResponseField): string {
  const others = payload.filter((path) => path !== name);
  return others.length === 0 ? code(name) : `${others.map(code).join(', ')} → ${code(name)}`;
}

function eventText({ event, command, each, notification }: OpenimCommand, language: Language): string {
  const words = WORDS[language];
  return [
    code(event ?? `openim.${command}`),
    ...(each ? [words.each(each.list)] : []),
    ...(notification ? [words.notification] : []),
  ].join('<br>');
}

function noteText({ since, echo, note }: OpenimCommand, language: Language): string {
  const words = WORDS[language];
  return [
    ...(since === null ? [] : [words.since(since)]),
    ...(note ? [note[language]] : []),
    ...(echo ? [words.repeats(echo.map(code).join(', '))] : []),
  ].join(' ');
}

function rowOf(command: OpenimCommand, language: Language): string[] {
  return [
    code(command.configKey),
    code(command.command),
    eventText(command, language),
    fieldsText(command, language),
    command.changes.map(changeText).join('<br>'),
    noteText(command, language),
  ];
}

function tables(language: Language): Record<string, string[][]> {
  const { columns, older } = WORDS[language];
  const rows = (phase: string) =>
    OPENIM_COMMANDS.filter((command) => command.phase === phase).map((command) => rowOf(command, language));
  return {
    after: [columns.filter((_, index) => index !== 4), ...rows('after').map((row) => row.toSpliced(4, 1))],
    before: [[...columns], ...rows('before'), rowOf(OLDER_MEMBER_JOIN, language)],
    older: [[...older], ...Object.entries(OLDER_NAMES).map((names) => names.map(code))],
  };
}

function marksOf(name: string): [string, string] {
  return [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
}

function written(guide: string, name: string): string[][] {
  const [begin, end] = marksOf(name);
  const block = guide
    .slice(guide.indexOf(begin) + begin.length, guide.indexOf(end))
    .trim()
    .split('\n');
  return block
    .filter((_, index) => index !== 1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function withTable(guide: string, name: string, rows: string[][]): string {
  const [begin, end] = marksOf(name);
  const lines = rows.map((row) => `| ${row.join(' | ')} |`);
  const rule = `|${(rows[0] ?? []).map(() => '---|').join('')}`;
  const table = [lines[0], rule, ...lines.slice(1)].join('\n');
  return `${guide.slice(0, guide.indexOf(begin) + begin.length)}\n\n${table}\n\n${guide.slice(guide.indexOf(end))}`;
}

describe.each([
  ['en', 'openim.md'],
  ['zh', 'openim.zh-CN.md'],
] as const)('the guide in %s', (language, file) => {
  const path = new URL(file, GUIDES);
  const all = Object.entries(tables(language));
  if (process.env.WRITE_GUIDES === '1') {
    writeFileSync(
      path,
      all.reduce((guide, [name, rows]) => withTable(guide, name, rows), readFileSync(path, 'utf8')),
    );
  }
  const guide = readFileSync(path, 'utf8');

  it.each(all)('prints the commands as they are mapped: %s', (name, rows) => {
    expect(written(guide, name)).toEqual(rows);
  });
});
