/** Uses one app through the API, and waits for the results. */
import type { Alert, AlertRule } from '@im/contracts/api/alerts';
import type { CreatedApp } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { IngestedEvent } from '@im/contracts/api/events';
import type { RetryPolicyInput } from '@im/contracts/api/retry-policy';
import type { CreateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { vi } from 'vitest';
import type { ApiCall, ApiClient } from './api-client.js';
import { messageSent } from './sample-events.js';

/** Long enough for a busy machine; a passing test never waits that long. */
const PATIENCE = { timeout: 30_000, interval: 20 };

/** Waits until the probe answers something, and returns it. */
export function eventually<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeout = PATIENCE.timeout,
): Promise<T> {
  return vi.waitUntil(probe, { ...PATIENCE, timeout });
}

/** The same delay before each attempt, without jitter. */
export function fixedRetry(maxAttempts: number, initialDelayMs = 50): RetryPolicyInput {
  return { strategy: 'fixed', initialDelayMs, maxAttempts };
}

export class AppUnderTest {
  readonly appKey: string;
  readonly appSecret: string;
  readonly base: string;

  constructor(
    readonly client: ApiClient,
    { appKey, appSecret }: CreatedApp,
  ) {
    this.appKey = appKey;
    this.appSecret = appSecret;
    this.base = `/apps/${appKey}`;
  }

  addWebhook(url: string, override: Partial<CreateWebhookRequest> = {}): Promise<Webhook> {
    const body = { url, retryPolicy: fixedRetry(3), ...override };
    return this.client.data('POST', `${this.base}/webhooks`, { body });
  }

  webhook(webhookId: string): Promise<Webhook> {
    return this.client.data('GET', `${this.base}/webhooks/${webhookId}`);
  }

  changeWebhook(webhookId: string, body: Record<string, unknown>): Promise<Webhook> {
    return this.client.data('PATCH', `${this.base}/webhooks/${webhookId}`, { body });
  }

  /** @param body an object, or JSON text that must arrive as written */
  post(body: unknown = messageSent(), headers: Record<string, string> = {}): Promise<IngestedEvent> {
    return this.client.data('POST', `${this.base}/events`, { body, headers });
  }

  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, call?: ApiCall) {
    return this.client.call(method, `${this.base}${path}`, call);
  }

  async deliveries(query = ''): Promise<Delivery[]> {
    return (await this.deliveryPage(query)).data;
  }

  async deliveryPage(query: string): Promise<Page<Delivery>> {
    const answer = await this.call('GET', `/deliveries${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as Page<Delivery>;
  }

  delivery(deliveryId: string): Promise<DeliveryDetail> {
    return this.client.data('GET', `${this.base}/deliveries/${deliveryId}`);
  }

  /** The event's deliveries once none of them is pending any more. */
  settled(eventId: string): Promise<DeliveryDetail[]> {
    return eventually(async () => {
      const deliveries = await this.deliveries(`?eventId=${eventId}`);
      if (deliveries.some((delivery) => delivery.status === 'pending')) return undefined;
      return Promise.all(deliveries.map(({ deliveryId }) => this.delivery(deliveryId)));
    });
  }

  /** The event's only delivery once it has its outcome. */
  async outcome(eventId: string): Promise<DeliveryDetail> {
    const [delivery, ...others] = await this.settled(eventId);
    if (!delivery || others.length > 0) throw new Error(`The event has ${others.length + 1} deliveries`);
    return delivery;
  }

  /** Posts an event and waits for its only delivery. */
  async deliver(body: unknown = messageSent()): Promise<DeliveryDetail> {
    const { eventId } = await this.post(body);
    return this.outcome(eventId);
  }

  alerts(query = ''): Promise<Alert[]> {
    return this.client.data('GET', `${this.base}/alerts${query}`);
  }

  /** Waits for an alert of the rule with these values. */
  alert(rule: AlertRule, like: Partial<Alert>): Promise<Alert> {
    return eventually(async () => {
      const alerts = await this.alerts(`?rule=${rule}`);
      return alerts.find((alert) =>
        Object.entries(like).every(([key, value]) => alert[key as keyof Alert] === value),
      );
    });
  }
}
