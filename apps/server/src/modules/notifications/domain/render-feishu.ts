import type { Message, Tone } from './message.js';
import { fitLines } from './plain-text.js';

/** A request of 20 KB is refused; each line brings some JSON. */
const MAX_BYTES = 12_000;

/** Colours of a card's header. */
const TEMPLATE: Readonly<Record<Tone, string>> = {
  critical: 'red',
  warning: 'orange',
  resolved: 'green',
  info: 'blue',
};

/**
 * A card for a custom bot of Feishu or Lark. Every text is `plain_text`: in `lark_md` an `<at id=all>` in the name of
 * an app would mention everyone.
 *
 * @see https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function renderFeishu(message: Message): Record<string, unknown> {
  const { tone, title, facts, lines, links, restText, colon } = message;
  const items = [...facts.map(({ label, value }) => `${label}${colon}${value}`), ...lines];
  const buttons = links.map(({ label, url }) => ({
    tag: 'button',
    text: plain(label),
    type: 'default',
    url,
  }));
  return {
    msg_type: 'interactive',
    card: {
      config: { wide_screen_mode: true },
      header: { title: plain(title), template: TEMPLATE[tone] },
      elements: [
        { tag: 'div', text: plain(fitLines(items, MAX_BYTES, restText).join('\n')) },
        ...(buttons.length > 0 ? [{ tag: 'action', actions: buttons }] : []),
      ],
    },
  };
}

function plain(content: string): { tag: 'plain_text'; content: string } {
  return { tag: 'plain_text', content };
}
