import { describe, expect, it } from 'vitest';
import { completionsOf, readLogQuery } from './log-query.js';

const WEBHOOKS = new Map([
  ['w1', 'CRM prod'],
  ['w2', 'CRM test'],
  ['w3', 'Warehouse'],
]);

describe('readLogQuery', () => {
  it.each([
    ['status:failed', { status: 'failed', phase: '' }],
    ['status:retrying', { status: '', phase: 'retrying' }],
    ['status:problem', { status: '', phase: 'problem' }],
    ['is:problem user:u45', { status: '', phase: 'problem', userId: 'u45' }],
    ['is:failed', { status: 'failed', phase: '' }],
    ['STATUS:failed', { status: 'failed', phase: '' }],
    ['event:message.* user:u45', { event: 'message.*', userId: 'u45' }],
    ['conversation:single:u1:u2 message:m1', { conversationId: 'single:u1:u2', messageId: 'm1' }],
    ['response:500 kind:test error:dns', { responseStatus: '500', kind: 'test', errorClass: 'dns' }],
    ['webhook:ware', { webhookId: 'w3' }],
    ['webhook:"CRM prod"', { webhookId: 'w1' }],
    ['status:failed m-1', { status: 'failed', phase: '', q: 'm-1' }],
  ])('reads %s', (text, changes) => {
    expect(readLogQuery(text, WEBHOOKS)).toMatchObject({ changes, problem: undefined });
  });

  it.each([
    ['an unknown key', 'status:failed colour:red', { kind: 'key', key: 'colour', value: 'red' }],
    ['a status that there is not', 'status:lost', { kind: 'value', key: 'status', value: 'lost' }],
    ['a state that there is not', 'is:lost', { kind: 'value', key: 'is', value: 'lost' }],
    ['a key without a value', 'user:', { kind: 'value', key: 'user', value: '' }],
    ['a response out of range', 'response:700', { kind: 'value', key: 'response', value: '700' }],
    ['a callback that is no id', 'callback:1', { kind: 'value', key: 'callback', value: '1' }],
    ['a name of several webhooks', 'webhook:crm', { kind: 'value', key: 'webhook', value: 'crm' }],
  ])('names %s', (_, text, problem) => {
    expect(readLogQuery(text, WEBHOOKS).problem).toEqual(problem);
  });

  it('takes an id as text to search', () => {
    expect(readLogQuery('m-1', WEBHOOKS)).toEqual({ changes: { q: 'm-1' }, known: 0, problem: undefined });
  });

  it('has no webhooks to choose from in the log of one', () => {
    expect(readLogQuery('webhook:ware', undefined).problem?.kind).toBe('key');
  });
});

describe('completionsOf', () => {
  const events = ['message.sent', 'message.read', 'friend.deleted'];

  it.each([
    ['sta', ['status:']],
    ['status:failed c', ['status:failed conversation:', 'status:failed callback:']],
    ['status:fa', ['status:failed']],
    ['is:pro', ['is:problem']],
    ['status:failed', []],
    ['event:me', ['event:message.*', 'event:message.sent', 'event:message.read']],
    ['webhook:crm', ['webhook:"CRM prod"', 'webhook:"CRM test"']],
    ['user:u', []],
    ['m-1', []],
    ['status:failed ', []],
  ])('of "%s" are %j', (text, texts) => {
    expect(completionsOf(text, WEBHOOKS, events).map((one) => one.text)).toEqual(texts);
  });
});
