/**
 * Escapes text from outside for the markup of a platform. The name of an app or a webhook must not format, link, show a
 * picture or mention everyone.
 */

/**
 * For Markdown dialects that differ in what they escape and how (DingTalk, WeCom): full-width forms look alike and no
 * parser reads them as markup. A hyphen, plus or number matters only at the start of a line, which is always our text.
 */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '\\': '＼',
  '`': '｀',
  '*': '＊',
  _: '＿',
  '~': '～',
  '#': '＃',
  '[': '［',
  ']': '］',
  '(': '（',
  ')': '）',
  '!': '！',
  '|': '｜',
  '<': '＜',
  '>': '＞',
  '&': '＆',
};

export function escapeMarkdown(text: string): string {
  return withoutMentions(text.replace(/[\\`*_~#[\]()!|<>&]/g, (character) => FULL_WIDTH[character] ?? ''));
}

/**
 * Slack: `&`, `<` and `>` as entities, as its documentation asks; what formats text becomes full-width.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeSlack(text: string): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return withoutMentions(entities.replace(/[`*_~]/g, (character) => FULL_WIDTH[character] ?? ''));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** `@all`, `@channel`, `@所有人`; an address such as li@example.com stays. */
function withoutMentions(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}._%+-])@/gu, '＠');
}
