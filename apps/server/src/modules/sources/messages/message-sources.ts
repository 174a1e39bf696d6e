/** Says where the messages of a source go and with which token. */

export interface MessageSource {
  sourceId: string;
  tenantId: string;
  /** Where DooTask is reached; null: not set. */
  address: string | null;
  /** null: not set. */
  botToken: string | null;
  /** Of DooTask, as its last message named it; null: none came yet. */
  version: string | null;
}

export abstract class MessageSources {
  /** @returns null: there is no such source any more, or it is of a kind that sends no messages */
  abstract find(sourceId: string): Promise<MessageSource | null>;
}

/** Why nothing can be sent; null: it can. */
export function obstacleOf(source: MessageSource | null): string | null {
  if (!source) return 'Messages can only be sent through a source of the kind dootask';
  if (source.address === null) return 'The source has no address of DooTask';
  return source.botToken === null ? 'The source has no bot token' : null;
}
