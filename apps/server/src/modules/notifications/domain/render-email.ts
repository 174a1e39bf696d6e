import { escapeHtml } from './escape-text.js';
import type { Message, Tone } from './message.js';

export interface EmailContent {
  subject: string;
  text: string;
  html: string;
}

const COLOUR: Readonly<Record<Tone, string>> = {
  critical: '#c45656',
  warning: '#b88230',
  resolved: '#529b2e',
  info: '#337ecc',
};

/** Renders a mail as plain text and HTML with the same content; styles are inline for mail programs. */
export function renderEmail(message: Message): EmailContent {
  const { title, facts, lines, links, colon } = message;
  const text = [
    title,
    [...facts.map(({ label, value }) => `${label}${colon}${value}`), ...lines].join('\n'),
    links.map(({ label, url }) => `${label}${colon}${url}`).join('\n'),
  ];
  return { subject: title, text: text.filter(Boolean).join('\n\n'), html: htmlOf(message) };
}

function htmlOf({ tone, title, facts, lines, links }: Message): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th style="padding:4px 16px 4px 0;text-align:left;vertical-align:top;color:#606266;font-weight:normal;white-space:nowrap">${escapeHtml(label)}</th>` +
      `<td style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
  );
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`);
  const anchors = links.map(
    ({ label, url }) => `<a href="${escapeHtml(url)}" style="margin-right:16px">${escapeHtml(label)}</a>`,
  );
  return [
    '<!doctype html><html><body style="font-family:sans-serif;font-size:14px;color:#303133">',
    `<h2 style="font-size:18px;color:${COLOUR[tone]}">${escapeHtml(title)}</h2>`,
    rows.length > 0 ? `<table style="border-collapse:collapse">${rows.join('')}</table>` : '',
    items.length > 0 ? `<ul>${items.join('')}</ul>` : '',
    anchors.length > 0 ? `<p>${anchors.join('')}</p>` : '',
    '</body></html>',
  ].join('');
}
