/** Posts a WuKongIM event: the same headers in both versions, and only exactly 200 counts. */
import type { Tally } from '../tally.js';
import { HOST, LENGTH, WireClient } from '../wire-client.js';
import type { WukongimVersion } from './wukongim-messages.js';

export type WukongimEvent = 'msg.notify' | 'msg.offline' | 'user.onlinestatus';

const REQUEST_TIMEOUT_MS = { v3: 5_000, v2: 30_000 };
const CONNECTIONS = 1_000;

export class WukongimWire {
  private readonly client: WireClient;

  constructor(
    url: string,
    private readonly version: WukongimVersion,
    private readonly tally: Tally,
  ) {
    // v2 never reads an answer, so that one with a body costs the connection.
    this.client = new WireClient(url, { keptConnections: CONNECTIONS, readsAnswers: version === 'v3' });
  }

  /** @returns whether it was taken over */
  async post(event: WukongimEvent, body: Buffer): Promise<boolean> {
    const answer = await this.client.post({
      target: this.targetOf(event),
      headers: {
        Host: HOST,
        'User-Agent': 'Go-http-client/1.1',
        'Content-Length': LENGTH,
        'Content-Type': 'application/json',
        'Accept-Encoding': 'gzip',
      },
      body,
      timeoutMs: REQUEST_TIMEOUT_MS[this.version],
    });
    this.tally.note(answer, answer.status === 200);
    return answer.status === 200;
  }

  close(): void {
    this.client.close();
  }

  /** v3 merges the event into the query and sorts it; v2 joins text, which breaks a query that is there. */
  private targetOf(event: WukongimEvent): string {
    if (this.version === 'v2') return `${this.client.target}?event=${event}`;
    const [path = '', query] = this.client.target.split('?', 2);
    const parameters = new URLSearchParams(query);
    parameters.set('event', event);
    parameters.sort();
    return `${path}?${parameters.toString()}`;
  }
}
