/** Reads server-sent events as a browser does, and keeps what it read. */
import { eventually } from './app-under-test.js';

export interface ReceivedEvent {
  event: string;
  data: Record<string, unknown>;
  id: string | undefined;
}

export class EventSourceReader {
  readonly events: ReceivedEvent[] = [];
  hasEnded = false;
  private readonly stopping = new AbortController();

  private constructor(readonly response: Response) {}

  /** @param headers credentials, and `Last-Event-ID` to go on from */
  static async open(url: string, headers: Record<string, string>): Promise<EventSourceReader> {
    const stopping = new AbortController();
    const response = await fetch(url, { headers, signal: stopping.signal });
    const reader = new EventSourceReader(response);
    reader.stopping.signal.addEventListener('abort', () => {
      stopping.abort();
    });
    void reader.read();
    return reader;
  }

  close(): void {
    this.stopping.abort();
  }

  /** Waits for an event that fits. */
  next(event: string, like: Record<string, unknown> = {}): Promise<ReceivedEvent> {
    return eventually(() =>
      this.events.find(
        (received) =>
          received.event === event &&
          Object.entries(like).every(([key, value]) => received.data[key] === value),
      ),
    );
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        this.events.push(...blocks.flatMap(parse));
      }
    } catch {
      // Either side closed the connection.
    }
    this.hasEnded = true;
  }
}

function parse(block: string): ReceivedEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const event = fields.get('event');
  if (event === undefined) return [];
  const data = JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>;
  return [{ event, data, id: fields.get('id') }];
}
