/** Writes an attempt as a curl command that a POSIX shell takes unchanged. */

/** What curl works out itself; sent by hand they would contradict it. */
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

/** Quotes one argument: inside single quotes a shell changes nothing, so only the quote itself has to leave them. */
export function shellQuote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** To curl, `Name:` means "do not send it"; an empty value is asked for by a semicolon. */
function headerArgument(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}
