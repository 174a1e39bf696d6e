/** Writes what DooTask's PHP client posts to the webhook of a bot. */
import { randomBytes } from 'node:crypto';

type Flat = Record<string, string>;

export interface DootaskMessage {
  fields: Flat;
  user: Flat;
}

export interface DootaskRequest {
  contentType: string;
  body: Buffer;
  /** curl writes the headers in another order for a multipart body. */
  isLengthFirst: boolean;
}

const URLENCODED = 'application/x-www-form-urlencoded';

/** One value that begins with `@` makes it a multipart body, under the urlencoded type and with the nested names lost. */
export function dootaskRequest({ fields, user }: DootaskMessage): DootaskRequest {
  if (!Object.values(fields).some((value) => value.startsWith('@'))) {
    const nested = Object.entries(user).map(([name, value]) => [`msg_user[${name}]`, value] as const);
    const text = [...Object.entries(fields), ...nested]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&');
    return { contentType: URLENCODED, body: Buffer.from(text), isLengthFirst: false };
  }
  const boundary = `${'-'.repeat(24)}${randomBytes(8).toString('hex')}`;
  // What the other form leaves out is an empty part here.
  const { event = '', text = '', ...rest } = fields;
  const all = { event, text, reply_text: '', ...rest };
  const parts = [
    ...Object.entries(all),
    ...Object.values(user).map((value) => ['msg_user', value] as const),
  ].map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: attachment; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    contentType: `${URLENCODED}; boundary=${boundary}`,
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
    isLengthFirst: true,
  };
}

/** As PHP's urlencode. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
