/** Detects that a stream is not read. The time to produce chunks does not count. */
const MAX_UNREAD_MS = 60_000;

export class UnreadTimer {
  private timer: NodeJS.Timeout | undefined;

  /** @param onUnread called when nothing was taken for {@link MAX_UNREAD_MS}, from the beginning on */
  constructor(private readonly onUnread: () => void) {
    this.start();
  }

  /** @returns the same chunks; each has to be taken in time */
  async *watch<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    this.stop();
    for await (const chunk of chunks) {
      this.start();
      yield chunk;
      this.stop();
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private start(): void {
    // A process that ends does not wait for it.
    this.timer = setTimeout(this.onUnread, MAX_UNREAD_MS).unref();
  }
}
