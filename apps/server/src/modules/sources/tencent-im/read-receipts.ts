/** Turns read receipts of group messages, listed by message, into one for each reader. */
import { groupMessageId } from './field-sources.js';
import { bodiesOf, idOf, idsOf, type Body } from './read-values.js';

/** What one reader has read: the item that the mapping reads. */
interface Read {
  Member_Account: string;
  MessageIds: string[];
  /** Without the other readers. */
  GroupMsgReceiptList: Body[];
}

export const readReceipts = {
  from: 'GroupMsgReceiptList[].ReadReceiptMembers[]',
  /** @returns undefined: a reader or a message is not named */
  items: (body: Body): readonly Body[] | undefined => {
    const reads = new Map<string, Read>();
    for (const { ReadReceiptMembers: readers, ...receipt } of bodiesOf(body.GroupMsgReceiptList) ?? []) {
      const messageId = idOf(groupMessageId.read({ body: { ...body, MsgSeq: receipt.MsgSeq }, query: {} }));
      const ids = idsOf(readers, 'Member_Account');
      if (messageId === undefined || !ids) return undefined;
      for (const reader of ids) {
        const read = reads.get(reader) ?? { Member_Account: reader, MessageIds: [], GroupMsgReceiptList: [] };
        read.MessageIds.push(messageId);
        read.GroupMsgReceiptList.push(receipt);
        reads.set(reader, read);
      }
    }
    return [...reads.values()].map((read) => ({ ...read }));
  },
};
