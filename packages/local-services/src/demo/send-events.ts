/** Plays the IM server of the demo: sends events of every kind, signed with the AppSecret. */
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { IngestEventRequest } from '@im/contracts/api/events';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import { signSync } from '@im/contracts/signature-node';
import type { DemoApp } from './demo-app.js';
import { varyExample } from './vary-example.js';

const EVERY_MS = 5_000;
const FIRST_EVENTS_WITHIN_MS = 30 * 60_000;
const ANSWER_WITHIN_MS = 10_000;

export class EventSender {
  constructor(
    private readonly serverUrl: string,
    private readonly app: DemoApp,
  ) {}

  /** One event of each kind, as if they had happened during the last half hour. */
  async sendOneOfEach(): Promise<void> {
    const stepMs = FIRST_EVENTS_WITHIN_MS / EVENT_CATALOGUE.length;
    const events = EVENT_CATALOGUE.map((definition, index) =>
      makeEvent(definition, new Date(Date.now() - FIRST_EVENTS_WITHIN_MS + index * stepMs)),
    );
    await this.post('events/batch', { events });
  }

  /** Goes on until it is aborted; an event is lost while the server restarts. */
  async trickle(signal: AbortSignal): Promise<void> {
    const pause = () => delay(EVERY_MS, true, { signal }).catch(() => false);
    while (await pause()) {
      const definition = EVENT_CATALOGUE[randomInt(EVENT_CATALOGUE.length)];
      if (definition) await this.post('events', makeEvent(definition, new Date())).catch(() => undefined);
    }
  }

  private async post(path: string, content: unknown): Promise<void> {
    const { appKey, appSecret } = this.app;
    const body = JSON.stringify(content);
    const input = { appKey, timestamp: String(Date.now()), nonce: randomBytes(16).toString('hex') };
    const response = await fetch(`${this.serverUrl}/api/v1/apps/${appKey}/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        [SIGNATURE_HEADERS.appKey]: appKey,
        [SIGNATURE_HEADERS.timestamp]: input.timestamp,
        [SIGNATURE_HEADERS.nonce]: input.nonce,
        [SIGNATURE_HEADERS.signature]: signSync(appSecret, input, body),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`POST ${path} answers ${response.status}: ${answer}`);
  }
}

type Definition = (typeof EVENT_CATALOGUE)[number];

function makeEvent({ event, example }: Definition, at: Date): IngestEventRequest {
  const serial = randomBytes(4).toString('hex');
  return {
    id: `demo-${serial}-${at.getTime()}`,
    event,
    timestamp: at.toISOString(),
    data: varyExample(example, at, serial),
  };
}
