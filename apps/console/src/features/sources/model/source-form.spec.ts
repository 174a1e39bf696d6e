import { SOURCE_KINDS, type SourceKind } from '@im/contracts/api/source-constants';
import {
  createSourceRequestSchema,
  SOURCE_SETTINGS,
  updateSourceRequestSchema,
  type Source,
} from '@im/contracts/api/sources';
import { describe, expect, it } from 'vitest';
import { sampleSource } from '../../../testing/sample-source.js';
import {
  canSendMessages,
  faultsOf,
  newSourceForm,
  toCreateRequest,
  toSourceForm,
  toUpdateRequest,
  type SourceForm,
} from './source-form.js';

const filled = (kind: SourceKind, override: Partial<SourceForm> = {}): SourceForm => ({
  ...newSourceForm(kind, ' 生产 '),
  allowedCidrs: '10.0.0.0/8, 192.168.1.1\n\n2001:db8::/32',
  externalId: ' im-1 ',
  grpcAuthority: ' hooks:6979 ',
  address: ' https://dootask.example.com ',
  botId: ' 12 ',
  sdkAppId: ' 1400000000 ',
  secret: ' secret ',
  ...override,
});

describe.each(SOURCE_KINDS)('a source of kind %s', (kind) => {
  it('is added as the API wants it', () => {
    expect(faultsOf(filled(kind))).toEqual({});
    const parsed = createSourceRequestSchema.parse(toCreateRequest(filled(kind)));
    expect(parsed).toMatchObject({ kind, name: '生产', externalId: 'im-1' });
    expect(parsed.allowedCidrs).toEqual(['10.0.0.0/8', '192.168.1.1', '2001:db8::/32']);
  });

  it('is added with nothing but a name', () => {
    const request = toCreateRequest(newSourceForm(kind, '生产'));
    expect(createSourceRequestSchema.safeParse(request).success).toBe(true);
  });

  it('is changed as the API wants it', () => {
    const request = updateSourceRequestSchema.parse(toUpdateRequest(filled(kind)));
    expect(SOURCE_SETTINGS[kind].partial().safeParse(request.settings).success).toBe(true);
  });
});

it.each([
  ['a kept secret', { secret: '' }, undefined],
  ['a new secret', { secret: 'next' }, 'next'],
  ['a removed secret, even if one is typed', { secret: 'next', isSecretRemoved: true }, null],
])('a change with %s says so', (_, override, wanted) => {
  expect(toUpdateRequest(filled('dootask', override)).settings?.botToken).toBe(wanted);
  expect(toUpdateRequest(filled('tencent-im', override)).settings?.authToken).toBe(wanted);
});

it('what is saved comes back into the fields, except for the secret', () => {
  const settings = { address: 'https://d.example', botId: '7', hasBotToken: true };
  const source = sampleSource({ kind: 'dootask', settings, allowedCidrs: ['10.0.0.1'], externalId: 'x' });
  expect(toSourceForm(source)).toMatchObject({
    ...{ kind: 'dootask', address: 'https://d.example', botId: '7', secret: '' },
    ...{ allowedCidrs: '10.0.0.1', externalId: 'x' },
  });
});

it.each<[string, Partial<SourceForm>, string[]]>([
  ['no name', { name: ' ' }, ['/name']],
  ['letters in the SDKAppID', { sdkAppId: 'abc' }, ['/settings/sdkAppId']],
  ['a blank in the external id', { externalId: 'a b' }, ['/externalId']],
])('%s is a fault at its field', (_, override, pointers) => {
  expect(Object.keys(faultsOf(filled('tencent-im', override)))).toEqual(pointers);
});

it.each<[string, Partial<Source>, boolean]>([
  ['has address and token', { kind: 'dootask', settings: { address: 'https://d', hasBotToken: true } }, true],
  ['lacks the token', { kind: 'dootask', settings: { address: 'https://d', hasBotToken: false } }, false],
  ['lacks the address', { kind: 'dootask', settings: { address: null, hasBotToken: true } }, false],
  ['is of another kind', { kind: 'openim' }, false],
])('a source that %s can or cannot send messages', (_, override, wanted) => {
  expect(canSendMessages(sampleSource(override))).toBe(wanted);
});
