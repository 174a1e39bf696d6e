/** The tables of the guides are those of the code. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BEFORE_COMMANDS, type BeforeCommand } from './before-commands.js';
import type { Mapping, TencentCommand } from './command.js';
import { GROUP_COMMANDS } from './group-commands.js';
import { MESSAGE_COMMANDS } from './message-commands.js';
import { RELATION_COMMANDS } from './relation-commands.js';

const GUIDES = new URL('../../../../../../docs/guides/', import.meta.url);

it.each(['tencent-im.md', 'tencent-im.zh-CN.md'])('%s prints the mapping of every command', (guide) => {
  const printed = readFileSync(new URL(guide, GUIDES), 'utf8')
    .split('\n')
    .filter((line) => /^\| *`\w+\.\w+`/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .join(' | ')
        .trim(),
    );
  const after = [...MESSAGE_COMMANDS, ...GROUP_COMMANDS, ...RELATION_COMMANDS].flatMap((command) =>
    mappingsOf(command).map((mapping) => row(...cellsOf(command, mapping), page(command))),
  );
  const before = BEFORE_COMMANDS.flatMap((command) =>
    mappingsOf(command).map((mapping) =>
      row(...cellsOf(command, mapping), ...answerOf(command), page(command)),
    ),
  );
  expect(printed).toEqual([...after, ...before]);
});

function mappingsOf({ mappings }: TencentCommand): readonly (Mapping | null)[] {
  return mappings.length > 0 ? mappings : [null];
}

function cellsOf({ command }: TencentCommand, mapping: Mapping | null): string[] {
  if (!mapping) return [code(command), code(`tencent-im.${command}`), ''];
  const { event, only, each, fields } = mapping;
  const values = only?.is.filter((value) => value !== '').join(', ');
  const conditions = [only && `${only.field} = ${values ?? ''}`, each && `${each.from} each`];
  const condition = conditions.filter((each) => each !== undefined).join('; ');
  return [
    code(command),
    condition === '' ? code(event) : `${code(event)} (${code(condition)})`,
    Object.entries(fields)
      .map(([name, { from }]) => `${name} ${code(from)}`)
      .join(', '),
  ];
}

function answerOf({ answer: { codes, ownCodes, refusedBy, changes } }: BeforeCommand): string[] {
  const name = refusedBy === 'ErrorCode' ? 'ErrorCode' : 'ResultCode';
  const [from = 0, to = 0] = ownCodes ?? [];
  const plain = codes.filter((each) => each < from || each > to);
  const accepted = [...plain, ...(ownCodes ? [`${String(from)}-${String(to)}`] : [])];
  const changed = { message: 'content, text, extra.tencent-im.CloudCustomData', members: 'memberIds' };
  return [`${code(name)} ${accepted.join(', ')}`, changes ? changed[changes] : ''];
}

function page({ page: url }: TencentCommand): string {
  return `[${url.slice(url.indexOf('product/') + 'product/'.length)}](${url})`;
}

function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}
