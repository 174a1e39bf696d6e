/** Reads a request as people paste it: raw HTTP, or a curl command. */
import { shellWords } from './shell-words.js';

export interface PastedRequest {
  headers: Record<string, string>;
  body: string;
}

/** `file`: the body is in a file, which a page cannot read. */
export type ParseFault = 'headers' | 'file';

export type ParsedRequest = { request: PastedRequest } | { fault: ParseFault };

const REQUEST_LINE = /^[A-Z]+ \S+( HTTP\/[\d.]+)?$/;
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;
const HEADER_OPTIONS = new Set(['-H', '--header']);
const DATA_OPTIONS = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);

export function parseRequest(text: string): ParsedRequest {
  return /^\s*(?:\$ )?curl\s/.test(text) ? parseCurl(text) : parseRaw(text);
}

/** Writes a request so that {@link parseRequest} reads the same. */
export function printRequest(url: string, { headers, body }: PastedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${url} HTTP/1.1`, ...lines, '', body].join('\n');
}

/** What follows the first empty line is the body, to the last character. */
function parseRaw(text: string): ParsedRequest {
  const trimmed = text.replace(/^\s+/, '');
  const [, head = '', body = ''] = /^(.*?)(?:\r?\n\r?\n(.*))?$/s.exec(trimmed) ?? [];
  const lines = head.split(/\r?\n/).filter((line, index) => index > 0 || !REQUEST_LINE.test(line));
  const pairs = lines.map((line) => HEADER.exec(line));
  if (pairs.length === 0 || pairs.some((pair) => !pair)) return { fault: 'headers' };
  return {
    request: { headers: Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''])), body },
  };
}

function parseCurl(text: string): ParsedRequest {
  const words = shellWords(text.trim());
  const headers: Record<string, string> = {};
  const bodies: string[] = [];
  for (const [index, word] of words.entries()) {
    const option = optionAt(word, words[index + 1]);
    if (!option) continue;
    if (HEADER_OPTIONS.has(option.name)) Object.assign(headers, headerOf(option.value));
    else if (DATA_OPTIONS.has(option.name)) {
      if (option.value.startsWith('@') && option.name !== '--data-raw') return { fault: 'file' };
      bodies.push(option.value);
    }
  }
  if (Object.keys(headers).length === 0) return { fault: 'headers' };
  return { request: { headers, body: bodies.join('&') } };
}

/** `-H value`, `-Hvalue`, `--header value` or `--header=value`. */
function optionAt(word: string, next: string | undefined): { name: string; value: string } | undefined {
  if (HEADER_OPTIONS.has(word) || DATA_OPTIONS.has(word)) return { name: word, value: next ?? '' };
  const joined = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? /^(-[Hd])(.+)$/s.exec(word);
  return joined ? { name: joined[1] ?? '', value: joined[2] ?? '' } : undefined;
}

/** `Name:` is left out by curl, `Name;` is sent empty. */
function headerOf(text: string): Record<string, string> {
  const empty = /^([^:;]+);$/.exec(text)?.[1];
  if (empty !== undefined) return { [empty]: '' };
  const [, name, value = ''] = HEADER.exec(text) ?? [];
  return name === undefined || value === '' ? {} : { [name]: value };
}
