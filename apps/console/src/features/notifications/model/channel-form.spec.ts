import {
  createChannelRequestSchema,
  updateChannelRequestSchema,
  type ChannelKind,
} from '@im/contracts/api/notification-channels';
import { describe, expect, it } from 'vitest';
import { sampleChannel } from '../../../testing/sample-channel.js';
import {
  addressesIn,
  faultsOf,
  toChannelForm,
  toCreateRequest,
  toUpdateRequest,
  type ChannelForm,
} from './channel-form.js';

const KINDS: ChannelKind[] = ['email', 'webhook', 'dingtalk', 'feishu', 'wecom', 'slack'];

function filled(kind: ChannelKind, override: Partial<ChannelForm> = {}): ChannelForm {
  return {
    ...toChannelForm(null, 'zh'),
    kind,
    name: ' 值班群 ',
    url: ' https://hooks.example/x ',
    secret: 'secret',
    host: 'smtp.example.com',
    from: 'alerts@example.com',
    to: 'a@example.com, b@example.com\nc@example.com',
    ...override,
  };
}

describe.each(KINDS)('a new channel of kind %s', (kind) => {
  it('is asked for as the API wants it', () => {
    expect(faultsOf(filled(kind), null)).toEqual({});
    const parsed = createChannelRequestSchema.parse(toCreateRequest(filled(kind)));
    expect(parsed).toMatchObject({ kind, name: '值班群', language: 'zh', enabled: true });
  });

  it('is changed as the API wants it', () => {
    expect(updateChannelRequestSchema.safeParse(toUpdateRequest(filled(kind))).success).toBe(true);
  });
});

describe('what is missing', () => {
  it.each<[ChannelKind, string[]]>([
    ['email', ['/email/from', '/email/host', '/email/port', '/email/to', '/name']],
    ['webhook', ['/name', '/secret', '/url']],
    ['dingtalk', ['/name', '/url']],
    ['slack', ['/name', '/url']],
  ])('of a blank %s channel is said at its fields', (kind, pointers) => {
    const blank = { ...toChannelForm(null, 'zh'), kind, port: null };
    expect(Object.keys(faultsOf(blank, null)).sort()).toEqual(pointers);
  });

  it('may be left out of a saved one, where it stays', () => {
    const saved = sampleChannel({ kind: 'webhook' });
    expect(faultsOf(toChannelForm(saved, 'zh'), saved)).toEqual({});
  });
});

it.each<[string, Partial<ChannelForm>, boolean]>([
  ['nothing', {}, false],
  ['the recipients', { to: 'li@example.com' }, false],
  ['the host', { host: 'smtp.other.example' }, true],
  ['the port', { port: 25 }, true],
  ['the security', { security: 'tls' }, true],
  ['the username', { username: 'sender' }, true],
  ['the host, with the password', { host: 'smtp.other.example', secret: 'password' }, false],
  ['the host, and removes the password', { host: 'smtp.other.example', isSecretRemoved: true }, false],
])('a change of %s may require the saved password again', (_, change, isAsked) => {
  const email = {
    host: 'smtp.example.com',
    port: 587,
    security: 'starttls',
    username: 'alerts',
    from: 'alerts@example.com',
    to: ['ops@example.com'],
  } as const;
  const saved = sampleChannel({ kind: 'email', url: null, email: { ...email, to: [...email.to] } });
  const form = { ...toChannelForm(saved, 'zh'), ...change };
  expect(faultsOf(form, saved)).toEqual(isAsked ? { '/email/password': 'passwordAgain' } : {});
});

describe('a change', () => {
  const form = (override: Partial<ChannelForm> = {}) => ({
    ...toChannelForm(sampleChannel({ kind: 'dingtalk' }), 'zh'),
    ...override,
  });

  it('leaves URL and secret as they are unless they are typed again', () => {
    expect(toUpdateRequest(form())).not.toHaveProperty('url');
    expect(toUpdateRequest(form())).not.toHaveProperty('secret');
    expect(toUpdateRequest(form({ secret: 'SECnew' }))).toMatchObject({ secret: 'SECnew' });
  });

  it('removes a secret on request, even if one is typed', () => {
    expect(toUpdateRequest(form({ secret: 'x', isSecretRemoved: true }))).toMatchObject({ secret: null });
  });

  it('of mail carries the password within the mail settings', () => {
    const mail = filled('email', { secret: 'new password' });
    expect(toUpdateRequest(mail)).toMatchObject({ email: { password: 'new password' } });
    expect(toUpdateRequest({ ...mail, secret: '' }).email).not.toHaveProperty('password');
    expect(toUpdateRequest({ ...mail, isSecretRemoved: true })).toMatchObject({ email: { password: null } });
  });
});

it.each([
  ['a@x.example', ['a@x.example']],
  [
    ' a@x.example,b@x.example；c@x.example\n\nd@x.example ',
    ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'],
  ],
  [' ,\n', []],
])('addresses in %j', (text, addresses) => {
  expect(addressesIn(text)).toEqual(addresses);
});
