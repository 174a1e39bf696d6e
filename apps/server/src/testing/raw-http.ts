/** Sends raw HTTP that no client library would send. */
import { connect, type Socket } from 'node:net';
import { eventually } from './app-under-test.js';

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The parsed body; undefined when it is no JSON. */
  body: unknown;
}

export class RawConnection {
  /** What came so far. */
  received = '';
  isClosed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** @param localAddress of loopback, to look like another machine */
  static open(serverUrl: string, localAddress = '127.0.0.1'): RawConnection {
    const { port, hostname: host } = new URL(serverUrl);
    return new RawConnection(connect({ port: Number(port), host, localAddress }));
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** The first answer, once it is here as a whole. */
  answer(): Promise<RawAnswer> {
    return eventually(() => readAnswer(this.received));
  }

  async closed(): Promise<void> {
    await eventually(() => this.isClosed);
  }

  close(): void {
    this.socket.destroy();
  }
}

function readAnswer(text: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  const isJson = (headers['content-type'] ?? '').includes('json');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: isJson && body !== '' ? (JSON.parse(body) as unknown) : undefined,
  };
}

/** The head of a request, its blank line included. */
export function head(requestLine: string, headers: Record<string, string | number> = {}): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${requestLine} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
