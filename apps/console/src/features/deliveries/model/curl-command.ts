/** Writes an attempt as a curl command that a POSIX shell takes unchanged. */
import { shellQuote } from '../../../shared/format/shell-quote.js';

/** Headers that curl sets itself; given explicitly they could contradict it. */
const LEFT_TO_CURL = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect']);

export interface SentRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export function curlCommand({ url, headers, body }: SentRequest): string {
  const headerParts = Object.entries(headers)
    .filter(([name]) => !LEFT_TO_CURL.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${shellQuote(headerArgument(name, value))}`);
  return [
    // Globbing off: brackets and braces in a URL mean themselves.
    `curl -i --globoff -X POST ${shellQuote(url)}`,
    ...headerParts,
    // Raw: a body that begins with @ is a body, not a file's name.
    `--data-raw ${shellQuote(body)}`,
  ].join(' \\\n  ');
}

/** To curl, `Name:` means "do not send it"; an empty value is written with a semicolon. */
function headerArgument(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}
