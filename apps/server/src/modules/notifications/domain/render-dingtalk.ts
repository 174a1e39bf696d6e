import { escapeMarkdown } from './escape-text.js';
import type { Message } from './message.js';
import { fitLines } from './plain-text.js';

/** A request of 20,000 bytes is refused; JSON adds to the text. */
const MAX_BYTES = 15_000;

/**
 * A message of type `markdown` for a custom robot. `at` is sent so that no text can mention anybody.
 *
 * @see https://open.dingtalk.com/document/robots/custom-robot-access
 */
export function renderDingtalk({ title, facts, lines, links, restText, colon }: Message): unknown {
  const items = [
    ...facts.map(({ label, value }) => `- **${label}**${colon}${escapeMarkdown(value)}`),
    ...lines.map((line) => `- ${escapeMarkdown(line)}`),
  ];
  const text = [
    `### ${escapeMarkdown(title)}`,
    fitLines(items, MAX_BYTES, restText).join('\n'),
    links.map(({ label, url }) => `[${escapeMarkdown(label)}](${url})`).join(' '),
  ];
  return {
    msgtype: 'markdown',
    markdown: { title: escapeMarkdown(title), text: text.filter(Boolean).join('\n\n') },
    at: { isAtAll: false, atMobiles: [], atUserIds: [] },
  };
}
