/**
 * Finds what sends the requests of a webhook. When its URL is the address of its app's own test receiver, they are
 * received in the process that sends them; when it is that of a tunnel, the tunnel's client gets them. Neither opens a
 * connection. All others go through the client and its guard.
 */
import { Injectable } from '@nestjs/common';
import { tunnelIdOf } from '@im/contracts/urls/tunnel-url';
import type { PreparedRequest } from '../../platform/outgoing-http/http-outcome.js';
import {
  answeredLocally,
  refusedLocally,
  timedOutLocally,
} from '../../platform/outgoing-http/local-outcome.js';
import type { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';
import { hasReceiverForm, ReceiverAddressesService } from '../receiver-store/receiver-addresses.service.js';
import { SendThroughTunnelService } from '../tunnel-store/send-through-tunnel.service.js';
import { SigningKeysService } from '../webhook-configs/signing-keys.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import { ReceiveTestRequestService } from './receive-test-request.service.js';
import { signerOf } from './signer-of.js';

/** Sends requests that are composed when they go out. */
export type Sender = Pick<WebhookClient, 'sendComposed'>;

@Injectable()
export class SendInProcessService {
  constructor(
    private readonly addresses: ReceiverAddressesService,
    private readonly keys: SigningKeysService,
    private readonly receiver: ReceiveTestRequestService,
    private readonly tunnels: SendThroughTunnelService,
  ) {}

  /** @param client for every other address */
  senderFor(settings: WebhookSettings, client: Sender): Sender | Promise<Sender> {
    const { appId, url } = settings;
    const tunnelId = tunnelIdOf(url);
    if (tunnelId !== undefined) {
      return { sendComposed: (compose) => this.tunnels.send(appId, tunnelId, compose()) };
    }
    return hasReceiverForm(url) ? this.look(settings, client) : client;
  }

  private async look(settings: WebhookSettings, client: Sender): Promise<Sender> {
    const isOwn = await this.addresses.isAddressOf(settings.appId, settings.url);
    return isOwn ? { sendComposed: (compose) => this.send(settings, compose()) } : client;
  }

  private async send(settings: WebhookSettings, request: PreparedRequest) {
    const startedAt = new Date();
    const beganAt = performance.now();
    const timing = () => ({ startedAt, durationMs: performance.now() - beganAt });
    const reception = await this.receiver.receive({
      appId: settings.appId,
      method: 'POST',
      headers: [...connectionHeaders(request), ...request.headers],
      body: request.body,
      isFromOutside: false,
      signers: [signerOf(settings, this.keys.of(settings))],
    });
    switch (reception.kind) {
      case 'answer':
        return answeredLocally(request, reception.answer, timing());
      case 'refuse':
        return refusedLocally(request, timing());
      case 'hang':
        await waitMs(request.timeoutMs - timing().durationMs);
        reception.end();
        return timedOutLocally(request, timing());
    }
  }
}

/** Those that the client adds. */
function connectionHeaders({ url, body }: PreparedRequest): [name: string, value: string][] {
  return [
    ['Host', new URL(url).host],
    ['Content-Length', String(body.length)],
  ];
}

function waitMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
