import { escapeSlack } from './escape-text.js';
import type { Message, Tone } from './message.js';
import { fitLines, oneLine } from './plain-text.js';

/** Characters of a header, and of a section. */
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;

const SIGN: Readonly<Record<Tone, string>> = {
  critical: '🔴',
  warning: '🟠',
  resolved: '🟢',
  info: '🔵',
};

/**
 * Blocks for an incoming webhook; `text` is what notifications and old clients show.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
export function renderSlack({ tone, title, facts, lines, links, restText, colon }: Message): unknown {
  const items = [
    ...facts.map(({ label, value }) => `*${label}*${colon}${escapeSlack(value)}`),
    ...lines.map((line) => `• ${escapeSlack(line)}`),
  ];
  // A text has at least as many bytes as characters, so a limit in bytes is safe.
  const body = fitLines(items, MAX_SECTION, restText).join('\n');
  const foot = links.map(({ label, url }) => `<${escapeSlack(url)}|${escapeSlack(label)}>`).join('  ');
  return {
    text: escapeSlack(title),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: oneLine(`${SIGN[tone]} ${title}`, MAX_HEADER), emoji: false },
      },
      ...[body, foot].filter(Boolean).map(section),
    ],
  };
}

function section(text: string): unknown {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}
