/** Sets up one test's own app through the API, and sends events like the app. */
import { randomUUID } from 'node:crypto';
import type { AlertSettings, ChangeAlertRulesRequest } from '@im/contracts/api/alert-rules';
import type { CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { CreatedApp } from '@im/contracts/api/apps';
import type { Delivery, DeliveryStatus } from '@im/contracts/api/deliveries';
import type { CreatedPortalLink } from '@im/contracts/api/portal-links';
import type { IngestedEvent } from '@im/contracts/api/events';
import type { CreateSourceRequest, Source } from '@im/contracts/api/sources';
import type { TestReceiver } from '@im/contracts/api/test-receiver';
import type { CreateWebhookRequest, UpdateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { findEvent } from '@im/contracts/events/catalogue';
import type { ApiSession } from './api-session.js';
import { signedHeaders } from './app-signature.js';

export class AppInTest {
  constructor(
    private readonly serverUrl: string,
    private readonly session: ApiSession,
    readonly appKey: string,
    readonly appSecret: string,
    readonly name: string,
  ) {}

  static async create(serverUrl: string, session: ApiSession, name = uniqueName()): Promise<AppInTest> {
    const app = await session.post<CreatedApp>('/apps', { name, packageName: 'com.example.chat' });
    return new AppInTest(serverUrl, session, app.appKey, app.appSecret, app.name);
  }

  createWebhook(request: CreateWebhookRequest): Promise<Webhook> {
    return this.session.post<Webhook>(`/apps/${this.appKey}/webhooks`, request);
  }

  /** Answered with its whole address. */
  createSource(request: CreateSourceRequest): Promise<Source> {
    return this.session.post<Source>(`/apps/${this.appKey}/sources`, request);
  }

  createTestReceiver(): Promise<TestReceiver> {
    return this.session.post<TestReceiver>(`/apps/${this.appKey}/test-receiver`);
  }

  updateWebhook(webhookId: string, request: UpdateWebhookRequest): Promise<Webhook> {
    return this.session.patch<Webhook>(`/apps/${this.appKey}/webhooks/${webhookId}`, request);
  }

  pauseWebhook(webhookId: string): Promise<unknown> {
    return this.session.post(`/apps/${this.appKey}/webhooks/${webhookId}/pause`, {});
  }

  changeAlertRules(request: ChangeAlertRulesRequest): Promise<AlertSettings> {
    return this.session.put<AlertSettings>(`/apps/${this.appKey}/alert-rules`, request);
  }

  /** Bound to this app. */
  createToken(name: string): Promise<CreatedApiToken> {
    return this.session.post('/api-tokens', { name, scopes: ['events:write'], appKey: this.appKey });
  }

  /** To all webhooks of the app. */
  createPortalLink(): Promise<CreatedPortalLink> {
    return this.session.post(`/apps/${this.appKey}/portal-links`, {
      permissions: ['read', 'redeliver', 'test'],
      expiresInSeconds: 3_600,
    });
  }

  listWebhooks(): Promise<Webhook[]> {
    return this.session.get<Webhook[]>(`/apps/${this.appKey}/webhooks`);
  }

  listDeliveries(status?: DeliveryStatus): Promise<Delivery[]> {
    const query = status === undefined ? '' : `?status=${status}`;
    return this.session.get<Delivery[]>(`/apps/${this.appKey}/deliveries${query}`);
  }

  /** Hands an event in with the app's own signature; its data are the catalogue's example. */
  async sendEvent(event = 'message.sent'): Promise<IngestedEvent> {
    const known = findEvent(event);
    if (!known) throw new Error(`${event} is not in the catalogue`);
    const body = JSON.stringify({ event, data: known.example });
    const response = await fetch(`${this.serverUrl}/api/v1/apps/${this.appKey}/events`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...signedHeaders(this.appKey, this.appSecret, body),
      },
      body,
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`the event was answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: IngestedEvent }).data;
  }
}

export function uniqueName(): string {
  return `应用 ${randomUUID().slice(0, 8)}`;
}
