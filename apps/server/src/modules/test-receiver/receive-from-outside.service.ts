/** Serves requests to a test receiver that come over the network, such as from curl: without login, by the token alone. */
import { Injectable } from '@nestjs/common';
import {
  MAX_OUTSIDE_REQUESTS_PER_SECOND,
  MAX_TEST_RECEIVER_BODY_BYTES,
} from '@im/contracts/api/test-receiver-constants';
import { DELIVERY_HEADERS } from '@im/contracts/signature';
import { Clock } from '../../platform/clock/clock.js';
import type {
  ForeignAnswer,
  ForeignBody,
  ForeignHandler,
  ForeignRequest,
  ForeignVisit,
} from '../../platform/http-server/foreign-routes.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import type { AppCredential } from '../apps/app-credential.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { FindAppService } from '../apps/find-app.service.js';
import { ReceiverAddressesService } from '../receiver-store/receiver-addresses.service.js';
import type { ReceiverRow } from '../receiver-store/receiver.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { SigningKeysService } from '../webhook-configs/signing-keys.service.js';
import type { Signer } from './domain/judge-signature.js';
import { RequestRate } from './domain/request-rate.js';
import { ReceiveTestRequestService } from './receive-test-request.service.js';
import { presentKeys, signerOf } from './signer-of.js';

/** No longer than any webhook waits. */
const HANG_MS = 30_000;
/** Webhooks of an app whose settings are tried. */
const MAX_SIGNERS = 20;
const TOKEN = /^\/test-receiver\/([0-9a-f]{48})(?:\?.*)?$/;
const UNAVAILABLE = problem(503, 'the test receiver cannot store requests now');
/** The app's own secret signs by this scheme. */
const OWN_SCHEME = { webhookId: null, scheme: 'x-app', prefix: 'X-App' } as const;

@Injectable()
export class ReceiveFromOutsideService implements ForeignHandler {
  readonly bodyLimitBytes = MAX_TEST_RECEIVER_BODY_BYTES;
  private readonly rate = new RequestRate(MAX_OUTSIDE_REQUESTS_PER_SECOND);

  constructor(
    private readonly addresses: ReceiverAddressesService,
    private readonly apps: FindAppService,
    private readonly appSecrets: AppSecretsService,
    private readonly webhooks: FindWebhooksService,
    private readonly keys: SigningKeysService,
    private readonly receiver: ReceiveTestRequestService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async open(request: ForeignRequest): Promise<ForeignVisit> {
    try {
      const [, token] = TOKEN.exec(request.url) ?? [];
      const receiver = token === undefined ? undefined : await this.addresses.byToken(token);
      const app = receiver && (await this.apps.byIds([receiver.appId])).get(receiver.appId);
      if (!receiver || !app || app.isTenantSuspended) return answering(404, 'there is no test receiver here');
      const { appId } = receiver;
      if (!this.rate.allows(appId, this.clock.nowMs())) return answering(429, 'too many requests a second');
      return {
        owner: { key: `test-receiver:${appId}`, isVerified: true },
        answer: (body) => this.guarded(() => this.receive(request, receiver, app, body)),
      };
    } catch (error) {
      this.warn(error);
      return { answer: () => Promise.resolve(UNAVAILABLE) };
    }
  }

  private async guarded(receive: () => Promise<ForeignAnswer>): Promise<ForeignAnswer> {
    try {
      return await receive();
    } catch (error) {
      this.warn(error);
      return UNAVAILABLE;
    }
  }

  private warn(error: unknown): void {
    this.logger.warn('test_receiver.failed', { error: boundedError(error) });
  }

  private async receive(
    { method, headers }: ForeignRequest,
    receiver: ReceiverRow,
    app: AppCredential,
    body: ForeignBody,
  ): Promise<ForeignAnswer> {
    if ('error' in body) return problem(413, 'the body could not be read: at most 64 KiB are taken');
    const named = headers[DELIVERY_HEADERS.webhookId.toLowerCase()];
    const reception = await this.receiver.receive({
      appId: receiver.appId,
      method,
      headers: headerList(headers),
      body: body.bytes,
      isFromOutside: true,
      signers: await this.signersOf(receiver, app, typeof named === 'string' ? named : null),
    });
    switch (reception.kind) {
      case 'answer': {
        const { status, headers: answered, body: text } = reception.answer;
        return { status, contentType: answered['content-type'] ?? null, body: text };
      }
      case 'hang':
        await new Promise((resolve) => setTimeout(resolve, HANG_MS));
        reception.end();
        break;
      case 'refuse':
    }
    return { status: null, contentType: null, body: '' };
  }

  /** The webhook that the request names comes first. */
  private async signersOf(
    receiver: ReceiverRow,
    app: AppCredential,
    named: string | null,
  ): Promise<[Signer, ...Signer[]]> {
    const { appId } = receiver;
    const url = this.addresses.urlOf(receiver);
    const routes = (await this.webhooks.routesOf([appId])).get(appId) ?? [];
    const settings = await this.webhooks.settingsOf(routes.map(({ webhookId }) => webhookId));
    const signers = [...settings.values()]
      .filter((webhook) => webhook.isOpenable && webhook.url === url)
      .sort((one, other) => Number(other.webhookId === named) - Number(one.webhookId === named))
      .slice(0, MAX_SIGNERS)
      .map((webhook) => signerOf(webhook, this.keys.of(webhook)));
    const own = { ...OWN_SCHEME, appKey: app.appKey, keys: presentKeys(this.appSecrets.open(app)) };
    const [first, ...others] = signers;
    return first ? [first, ...others, own] : [own];
  }
}

function answering(status: number, error: string): ForeignVisit {
  return { answer: () => Promise.resolve(problem(status, error)) };
}

function problem(status: number, error: string): ForeignAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ error }) };
}

function headerList(headers: ForeignRequest['headers']): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
}
