/** Makes bot messages of the answers of receivers that ask for one: `{"reply":{"text":…}}`. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import {
  CallbackRepliesRepository,
  type AnsweredDelivery,
} from '../../delivery-store/data/callback-replies.repository.js';
import { SourceMessagesRepository } from './data/source-messages.repository.js';
import { dialogOf, readReply } from './domain/read-reply.js';
import { MessageSources } from './message-sources.js';
import { QueueMessagesService } from './queue-messages.service.js';

/** A person in a chat waits for the reply. */
const INTERVAL_MS = 500;
const REPLIES_PER_COMMIT = 50;
const SOURCE_PREFIX = 'source:';

@Injectable()
export class TakeRepliesService {
  constructor(
    private readonly replies: CallbackRepliesRepository,
    private readonly messages: SourceMessagesRepository,
    private readonly sources: MessageSources,
    private readonly queue: QueueMessagesService,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({
      failureEvent: 'source.replies_failed',
      logsFirstFailureOnly: true,
      delayMs: INTERVAL_MS,
      run: async (signal) => {
        while (!signal.aborted && (await this.takeSome()) === REPLIES_PER_COMMIT);
      },
    });
  }

  /** Takes the answers out and puts the messages in, together. @returns how many answers */
  takeSome(): Promise<number> {
    return this.messages.transaction(async (transaction) => {
      const answered = await this.replies.take(transaction, REPLIES_PER_COMMIT);
      for (const each of answered) await this.queueReply(each, transaction);
      return answered.length;
    });
  }

  private async queueReply(
    { deliveryId, receivedFrom, payload, answer, isTruncated }: AnsweredDelivery,
    transaction: Transaction,
  ): Promise<void> {
    if (!receivedFrom?.startsWith(SOURCE_PREFIX) || payload === null) return;
    const reply = readReply(answer, isTruncated);
    const dialogId = dialogOf(payload);
    if (reply.kind === 'none' || dialogId === null) return;
    const source = await this.sources.find(receivedFrom.slice(SOURCE_PREFIX.length));
    if (!source) return;
    const isSendable = reply.kind === 'message';
    const message = isSendable ? { ...reply.message, dialogId } : { dialogId, text: '' };
    const error = isSendable ? await this.queue.obstacleOf(source) : reply.reason;
    await this.queue.queueMessage(source, message, 'reply', deliveryId, { error, transaction });
  }
}
