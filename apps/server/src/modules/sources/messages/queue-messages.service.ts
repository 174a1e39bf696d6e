/** Takes messages in that are to be sent as a bot. The worker sends them. */
import { Injectable } from '@nestjs/common';
import type { SourceMessage } from '@im/contracts/api/sources';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { SourceMessagesRepository, type SourceMessageRow } from './data/source-messages.repository.js';
import { fieldsOf, sendUrlOf, type BotMessage } from './domain/bot-message.js';
import { MessageSources, obstacleOf, type MessageSource } from './message-sources.js';

/** Messages of one source that wait to be sent. */
export const MAX_WAITING_MESSAGES = 1_000;

@Injectable()
export class QueueMessagesService {
  constructor(
    private readonly messages: SourceMessagesRepository,
    private readonly sources: MessageSources,
  ) {}

  /** @throws DomainError `conflict` when the source cannot send; `too_many_requests` when too many wait */
  async queueRequested(sourceId: string, message: BotMessage): Promise<SourceMessageRow> {
    const source = await this.sources.find(sourceId);
    const obstacle = sendingObstacle(source);
    if (obstacle !== null || !source) throw new DomainError('conflict', obstacle ?? '');
    if (await this.isFull(sourceId)) {
      throw new DomainError('too_many_requests', TOO_MANY, { retryAfterSeconds: 60 });
    }
    const row = await this.queueMessage(source, message, 'api', null);
    if (!row) throw DomainError.notFound('source');
    return row;
  }

  /**
   * @param error why it cannot be sent; it is shown among the messages anyway
   * @returns null: the delivery has its message already
   */
  queueMessage(
    { sourceId }: Pick<MessageSource, 'sourceId'>,
    message: BotMessage,
    origin: SourceMessage['origin'],
    deliveryId: string | null,
    { error = null, transaction }: { error?: string | null; transaction?: Transaction } = {},
  ): Promise<SourceMessageRow | null> {
    const { dialogId } = message;
    const row = {
      messageId: uuidV7(),
      sourceId,
      origin,
      deliveryId,
      dialogId,
      fields: fieldsOf(message),
      error,
    };
    return this.messages.insert(row, transaction);
  }

  /** Why nothing can be sent through a source now; null: it can. */
  async obstacleOf(source: MessageSource): Promise<string | null> {
    return sendingObstacle(source) ?? ((await this.isFull(source.sourceId)) ? TOO_MANY : null);
  }

  private async isFull(sourceId: string): Promise<boolean> {
    return (await this.messages.countWaiting(sourceId, MAX_WAITING_MESSAGES)) >= MAX_WAITING_MESSAGES;
  }
}

const TOO_MANY = `${String(MAX_WAITING_MESSAGES)} messages of this source wait to be sent, the most there may be`;

function sendingObstacle(source: MessageSource | null): string | null {
  const obstacle = obstacleOf(source);
  if (obstacle !== null || !source) return obstacle;
  return sendUrlOf(source.address ?? '') === null
    ? 'The address of DooTask is no URL of http or https'
    : null;
}

export function presentMessage(row: SourceMessageRow): SourceMessage {
  return {
    ...row,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}
