/** Plays the client of a tunnel: reads requests in turn, and answers them. */
import type { AnswerTunnelRequest, TunnelRequest } from '@im/contracts/api/tunnels';
import { eventually } from './app-under-test.js';
import { EventSourceReader } from './event-source.js';

export class TunnelReader {
  private taken = 0;

  private constructor(
    private readonly base: string,
    private readonly headers: Record<string, string>,
    private readonly source: EventSourceReader,
  ) {}

  /** Resolves when it is connected. */
  static async connect(url: string, appKey: string, tunnelId: string, token: string): Promise<TunnelReader> {
    const base = `${url}/api/v1/apps/${appKey}/tunnels/${tunnelId}/requests`;
    const headers = { authorization: `Bearer ${token}` };
    const source = await EventSourceReader.open(base, headers);
    await source.next('ready');
    return new TunnelReader(base, headers, source);
  }

  get hasEnded(): boolean {
    return this.source.hasEnded;
  }

  get requests(): TunnelRequest[] {
    return this.source.events
      .filter(({ event }) => event === 'request')
      .map(({ data }) => data as unknown as TunnelRequest);
  }

  /** The first one that was not returned yet. */
  async nextRequest(): Promise<TunnelRequest> {
    const request = await eventually(() => this.requests[this.taken]);
    this.taken += 1;
    return request;
  }

  /** @returns the status of the API's answer */
  async answer(requestId: string, answer: AnswerTunnelRequest): Promise<number> {
    const response = await fetch(`${this.base}/${requestId}/response`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** What the service says at the end. */
  async end(): Promise<Record<string, unknown>> {
    return (await this.source.next('end')).data;
  }

  close(): void {
    this.source.close();
  }
}
