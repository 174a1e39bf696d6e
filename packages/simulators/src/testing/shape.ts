/** Compares what a simulator sends with what a real server was recorded to send: names in order, and types. */
import { readFileSync } from 'node:fs';
import type { Recorded } from './recording-server.js';

interface Recording {
  path: string;
  headers: [string, string][];
  bodyBase64: string;
}

/** Values that are part of the form. */
const TELLING_HEADERS = ['user-agent', 'content-type', 'accept', 'accept-encoding'];

export interface Shape {
  /** With the values of those that do not depend on the message. */
  headers: string[];
  body: unknown;
}

export function recordedShape(name: string): Shape {
  const file = new URL(`../fixtures/${name}.json`, import.meta.url);
  const { headers, bodyBase64 } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  return { headers: headers.map(headerShape), body: bodyShape(Buffer.from(bodyBase64, 'base64').toString()) };
}

export function shapeOf({ rawHeaders, body }: Recorded): Shape {
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push(headerShape([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']));
  }
  return { headers, body: bodyShape(body.toString()) };
}

function headerShape([name, value]: [string, string]): string {
  const isTelling = TELLING_HEADERS.includes(name.toLowerCase());
  return isTelling ? `${name}: ${value.replace(/(boundary=-{24})\w{16}$/, '$1…')}` : name;
}

function bodyShape(text: string): unknown {
  if (text.startsWith('{') || text.startsWith('[')) {
    return { json: valueShape(JSON.parse(text)), endsWithNewline: text.endsWith('\n') };
  }
  if (text.startsWith('--')) {
    return text
      .split(/\r\n(?=--)/)
      .map((part) => part.split('\r\n').slice(1, -1).join('\n'))
      .filter((head) => head !== '');
  }
  return text.split('&').map((pair) => pair.split('=')[0]);
}

/** Entries, because the order of keys counts. */
function valueShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(valueShape);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.entries(value).map(([key, each]) => [key, valueShape(each)]);
}
