import { describe, expect, it } from 'vitest';
import { searchTargetsOf } from './search-target.js';

const ID = '0198c1f2-7a10-7b3c-8d4e-000000000001';

function fieldsOf(text: string): string[] {
  return searchTargetsOf(text).map((target) => target.field);
}

describe('searchTargetsOf', () => {
  it.each([
    [
      'a UUID may be any id',
      ID,
      ['callbackId', 'deliveryId', 'eventId', 'messageId', 'conversationId', 'userId'],
    ],
    ['digits are a message first', '1985214733290471424', ['messageId', 'conversationId', 'userId', 'q']],
    ['a conversation by its looks', 'single_u10086_u10010', ['conversationId', 'messageId', 'userId']],
    ['an OpenIM conversation', 'si_100_200', ['conversationId', 'messageId', 'userId']],
    ['nothing is nothing', '  ', []],
    ['a text longer than any id', 'x'.repeat(201), []],
    ['a whole paragraph', 'one\ntwo', []],
  ])('%s', (_, text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    ['a line of JSON', `"callbackId": "${ID}",`, 'callbackId', ID],
    ['a request header', `X-App-Callback-Id: ${ID}`, 'callbackId', ID],
    ['a delivery header', `x-app-delivery-id: ${ID}`, 'deliveryId', ID],
    ['a log field', `event_id=${ID}`, 'eventId', ID],
    ['a message in JSON', '"messageId":"m-1"', 'messageId', 'm-1'],
    ['a sender in JSON', '"senderId": "u10086",', 'userId', 'u10086'],
    ['a user in a log', 'user_id=u1', 'userId', 'u1'],
    ['a conversation in a log', 'conversationId=群聊 1', 'conversationId', '群聊 1'],
  ])('believes the name in %s', (_, text, field, value) => {
    expect(searchTargetsOf(text)).toEqual([{ field, value }]);
  });

  it('does not offer what can be no id of the service', () => {
    expect(fieldsOf('callbackId: m-1')).toEqual([]);
  });

  it.each([`"${ID}"`, `'${ID}'`, `  ${ID}\n`, `"${ID}",`])('takes the wrapping off %j', (text) => {
    expect(searchTargetsOf(text)[0]).toEqual({ field: 'callbackId', value: ID });
  });
});
