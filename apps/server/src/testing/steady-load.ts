/** Posts 50 messages a second in twenty conversations, each conversation one after another. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@im/client/client';
import { messageSent, type SampleEvent } from './sample-events.js';

const CONVERSATIONS = 20;
const INTERVAL_MS = 20;

export class SteadyLoad {
  readonly messageIds: string[] = [];
  /** Ids in the order in which they were accepted. */
  readonly byConversation = new Map<string, string[]>();
  private readonly posting = new Map<string, Promise<unknown>>();

  /** @param client which posts again what the service could not store */
  constructor(
    private readonly client: Client,
    private readonly appKey: string,
  ) {}

  /** Resolves when all of them are accepted. */
  async post(count: number): Promise<void> {
    const startedAt = performance.now();
    for (let number = 0; number < count; number += 1) {
      await pause(Math.max(0, startedAt + number * INTERVAL_MS - performance.now()));
      this.postNext();
    }
    await Promise.all(this.posting.values());
  }

  private postNext(): void {
    const messageId = `m${this.messageIds.length}`;
    const conversationId = `c${this.messageIds.length % CONVERSATIONS}`;
    this.messageIds.push(messageId);
    const own = this.byConversation.get(conversationId) ?? [];
    this.byConversation.set(conversationId, own);
    own.push(messageId);
    const before = this.posting.get(conversationId);
    this.posting.set(
      conversationId,
      Promise.resolve(before).then(() => this.submit(messageSent({ messageId, conversationId }))),
    );
  }

  private submit(body: SampleEvent): Promise<unknown> {
    return this.client.call('POST /apps/{appKey}/events', { params: { appKey: this.appKey }, body });
  }
}
