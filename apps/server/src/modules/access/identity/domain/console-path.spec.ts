import { expect, it } from 'vitest';
import { consolePath } from './console-path.js';

it.each([
  ['/apps/ak_1/im-webhooks?cursor=c2', '/apps/ak_1/im-webhooks?cursor=c2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/api/v1/auth/oidc/login', '/'],
  ['/login?redirect=/login', '/'],
  ['/a\r\nSet-Cookie: x=1', '/'],
  [undefined, '/'],
])('leads from %j to %s', (redirect, expected) => {
  expect(consolePath(redirect)).toBe(expected);
});
