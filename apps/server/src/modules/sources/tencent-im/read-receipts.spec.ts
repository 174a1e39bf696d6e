import { expect, it } from 'vitest';
import { tencentPayloads } from '../../../testing/tencent-requests.js';

it.each([
  [
    'C2C.CallbackAfterMsgReport',
    { Report_Account: 'wang', Peer_Account: 'ann', LastReadTime: 1_764_489_700, UnreadMsgNum: 0 },
    [{ readerId: 'wang', conversationId: 'c2c_ann_wang', readAt: '2025-11-30T08:01:40.000Z' }],
  ],
  [
    'C2C.CallbackAfterMsgReadReceipt',
    {
      Operator_Account: 'ann',
      Peer_Account: 'wang',
      C2CMsgInfo: [{ From_Account: 'wang', To_Account: 'ann', MsgKey: '1_2_3', MsgId: 'c1' }],
      EventTime: 1_764_489_700_001,
    },
    [
      {
        readerId: 'ann',
        conversationId: 'c2c_ann_wang',
        messageIds: ['1_2_3'],
        readAt: '2025-11-30T08:01:40.001Z',
      },
    ],
  ],
  [
    'Group.CallbackAfterReadReceipt',
    {
      GroupId: 'g1',
      Type: 'Public',
      GroupMsgReceiptList: [
        {
          MsgSeq: 1,
          ReadNum: 2,
          UnreadNum: 5,
          ReadReceiptMembers: [{ Member_Account: 'ann' }, { Member_Account: 'bob' }],
        },
        { MsgSeq: 2, ReadNum: 1, UnreadNum: 6, ReadReceiptMembers: [{ Member_Account: 'ann' }] },
      ],
      EventTime: '1764489700002',
    },
    [
      {
        readerId: 'ann',
        conversationId: 'g1',
        messageIds: ['g1_1', 'g1_2'],
        extra: {
          'tencent-im': {
            GroupMsgReceiptList: [
              { MsgSeq: 1, ReadNum: 2, UnreadNum: 5 },
              { MsgSeq: 2, ReadNum: 1, UnreadNum: 6 },
            ],
          },
        },
      },
      { readerId: 'bob', conversationId: 'g1', messageIds: ['g1_1'] },
    ],
  ],
])('%s becomes message.read for each reader', (command, body, expected) => {
  const events = tencentPayloads(command, body);
  expect(events.map(({ event }) => event)).toEqual(expected.map(() => 'message.read'));
  expect(events.map(({ payload }) => payload)).toMatchObject(expected);
});
