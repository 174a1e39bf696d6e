/** Names the mistakes in a pasted webhooks.yml, above all those that OpenIM itself passes over without a word. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import type { Node } from 'yaml';
import { checkEvents } from './check-events.js';
import { checkUrl } from './check-url.js';
import { ConfigFile, finding, quoted, type Entry } from './config-file.js';
import { findKey } from './keys.js';

const MAX_FINDINGS = 100;
/** OpenIM's file has 250 lines, and a few lists. */
const MAX_LINES = 2_000;
const MAX_BRACKETS = 1_000;

export function checkConfig(text: string, url: string): ConfigFinding[] {
  const findings = findingsIn(text, url);
  if (findings.length === 0) {
    return [
      finding(
        'ok',
        null,
        'Nothing is wrong with it. Recreate the containers or restart every OpenIM service for it to take effect.',
        '没有发现问题。重新创建容器或重启所有 OpenIM 服务后生效。',
      ),
    ];
  }
  return findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, MAX_FINDINGS);
}

function findingsIn(text: string, url: string): ConfigFinding[] {
  const lines = text.split('\n');
  if (lines.length > MAX_LINES || text.split(/[[{]/, MAX_BRACKETS + 1).length > MAX_BRACKETS)
    return [tooLong()];
  const tab = lines.findIndex((line) => /^ *\t/.test(line));
  if (tab !== -1) return [tabbed(tab + 1)];
  const file = new ConfigFile(text);
  if (file.mistake) {
    const { line, message } = file.mistake;
    const said = quoted(message.replaceAll(/\s+/g, ' '));
    return [finding('error', line, `This is no YAML: ${said}`, `不是合法的 YAML:${said}`)];
  }
  const entries = file.entriesOf(file.root);
  if (!entries) {
    return [
      finding(
        'error',
        null,
        'This is no webhooks.yml: it has no names and values at its top.',
        '不是 webhooks.yml：顶层不是键值结构。',
      ),
    ];
  }
  const level = extraLevel(file, entries);
  const inside = level ? (file.entriesOf(level.node) ?? []) : entries;
  return [
    ...(level ? [wrapped(level)] : []),
    ...repeatedNames(inside),
    ...checkUrl(file, inside, url),
    ...checkEvents(file, inside, isOfMain(inside)),
  ];
}

/** A name that only holds what belongs to the top. */
function extraLevel(file: ConfigFile, entries: readonly Entry[]): Entry | undefined {
  if (entries.some(({ name }) => isTopName(name))) return undefined;
  return entries.find(({ node }) =>
    file.entriesOf(node)?.some(({ name, node: value }) => isTop(file, name, value)),
  );
}

function isTop(file: ConfigFile, name: string, node: Node | null): boolean {
  return isTopName(name) && (name.toLowerCase() === 'url' || file.entriesOf(node) !== null);
}

function isTopName(name: string): boolean {
  return name.toLowerCase() === 'url' || findKey(name) !== undefined;
}

/** Keys that only the newest version has; null: it cannot be told. */
function isOfMain(entries: readonly Entry[]): boolean | null {
  return entries.some(({ name }) => findKey(name)?.since === '3.8.4') ? true : null;
}

function wrapped({ name, line }: Entry): ConfigFinding {
  return finding(
    'error',
    line,
    `“${quoted(name)}:” is a level too many: url and the events belong at the top. As it is, OpenIM sends nothing and does not say so.`,
    `“${quoted(name)}:” 多了一层：url 和各事件应位于顶层。现在 OpenIM 什么都不会发送，也不会报错。`,
  );
}

/** OpenIM does not start with one. */
function repeatedNames(entries: readonly Entry[]): ConfigFinding[] {
  const seen = new Set<string>();
  return entries
    .filter(({ name }) => seen.size === seen.add(name).size)
    .map(({ name, line }) =>
      finding(
        'error',
        line,
        `“${quoted(name)}:” is there twice: OpenIM cannot read the file.`,
        `“${quoted(name)}:” 重复出现：OpenIM 无法读取该文件。`,
      ),
    );
}

function tooLong(): ConfigFinding {
  return finding(
    'error',
    null,
    'This is no webhooks.yml: it is too long, or nested too deep.',
    '不是 webhooks.yml：内容过长或嵌套过深。',
  );
}

function tabbed(line: number): ConfigFinding {
  return finding(
    'error',
    line,
    'The line is indented by a tab, which YAML does not allow: use spaces.',
    '此行用制表符缩进，YAML 不允许：请用空格。',
  );
}
