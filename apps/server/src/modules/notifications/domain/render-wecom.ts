import { escapeMarkdown } from './escape-text.js';
import type { Message, Tone } from './message.js';
import { fitLines, utf8Length } from './plain-text.js';

/** UTF-8 bytes of the whole content. */
const MAX_CONTENT_BYTES = 4_096;

/** The three colours there are. */
const COLOUR: Readonly<Record<Tone, string>> = {
  critical: 'warning',
  warning: 'warning',
  resolved: 'info',
  info: 'comment',
};

/**
 * A message of type `markdown` for a group robot.
 *
 * @see https://developer.work.weixin.qq.com/document/path/91770
 */
export function renderWecom({ tone, title, facts, lines, links, restText, colon }: Message): unknown {
  const head = `### <font color="${COLOUR[tone]}">${escapeMarkdown(title)}</font>`;
  const foot = links.map(({ label, url }) => `[${escapeMarkdown(label)}](${url})`);
  const items = [
    ...facts.map(({ label, value }) => `> **${label}**${colon}${escapeMarkdown(value)}`),
    ...lines.map((line) => `> ${escapeMarkdown(line)}`),
  ];
  const room = MAX_CONTENT_BYTES - utf8Length([head, ...foot].join('\n')) - 1;
  return {
    msgtype: 'markdown',
    markdown: { content: [head, ...fitLines(items, room, restText), ...foot].join('\n') },
  };
}
