/** Posts JSON with as little work as undici allows, so that the generator leaves the machine to the service. */
import { Pool, type Dispatcher } from 'undici';

export interface PostAnswer {
  /** HTTP status; 0: the request failed. */
  status: number;
  /** The body as text, or the error's code. */
  text: string;
  retryAfterMs: number;
}

const DEFAULT_RETRY_AFTER_MS = 200;

export interface PostTarget {
  /** Scheme, host and port. */
  origin: string;
  path: string;
  headers: Record<string, string>;
  connections: number;
}

export class LeanPoster {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly headers: Record<string, string>;

  constructor({ origin, path, headers, connections }: PostTarget) {
    this.pool = new Pool(origin, { connections, pipelining: 1 });
    this.path = path;
    this.headers = { 'content-type': 'application/json', ...headers };
  }

  /** Never rejects. @param path where it is not the target's */
  post(body: string, path = this.path): Promise<PostAnswer> {
    return new Promise((resolve) => {
      const { headers } = this;
      this.pool.dispatch({ path, method: 'POST', headers, body }, new AnswerReader(resolve));
    });
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

class AnswerReader implements Dispatcher.DispatchHandler {
  private status = 0;
  private retryAfterMs = DEFAULT_RETRY_AFTER_MS;
  private readonly chunks: Buffer[] = [];

  constructor(private readonly resolve: (answer: PostAnswer) => void) {}

  onRequestStart(): void {
    // undici requires it.
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.status = status;
    const seconds = Number(headers['retry-after']);
    if (seconds > 0) this.retryAfterMs = seconds * 1_000;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const { status, retryAfterMs } = this;
    this.resolve({ status, retryAfterMs, text: Buffer.concat(this.chunks).toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    this.resolve({ status: 0, retryAfterMs: this.retryAfterMs, text: error.code ?? error.message });
  }
}
