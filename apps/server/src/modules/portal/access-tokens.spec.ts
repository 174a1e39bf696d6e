import { expect, it } from 'vitest';
import { AccessTokens } from './access-tokens.js';

const tokens = new AccessTokens({ SECRETS_KEY: Buffer.alloc(32, 7) });
const content = { linkId: '0198c1f2-0000-7000-8000-00000000000a', endsAtMs: 1_796_000_000_123 };

it('reads what it issued', () => {
  expect(tokens.read(tokens.issue(content))).toEqual(content);
});

it.each([
  ['made under another key', new AccessTokens({ SECRETS_KEY: Buffer.alloc(32, 8) }).issue(content)],
  ['cut', tokens.issue(content).slice(0, -2)],
  ['with another end', changedAt(20)],
  ['with another link', changedAt(3)],
  ['empty', 'ims_'],
])('refuses one that is %s', (_, token) => {
  expect(tokens.read(token)).toBeUndefined();
});

function changedAt(index: number): string {
  const bytes = Buffer.from(tokens.issue(content).slice(4), 'base64url');
  bytes.writeUInt8((bytes[index] ?? 0) ^ 1, index);
  return `ims_${bytes.toString('base64url')}`;
}
