/** Collects the keys that may have signed a request and explains its signature. */
import { Injectable } from '@nestjs/common';
import type {
  ExplainedSignature,
  ExplainSignatureRequest,
  FittingKey,
} from '@im/contracts/api/signature-explanation';
import { DELIVERY_HEADERS } from '@im/contracts/signature';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { liveSecretsOf, type LiveKeys } from '../apps/domain/secret-rotation.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { webhookSecretContext } from '../webhook-configs/webhook-config.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { explainSignature } from './domain/signature/explain-signature.js';
import { signedRequest, type NamedKey } from './domain/signature/signed-request.js';

/** Each key is tried against dozens of mistakes; an app with more webhooks is asked to name the secret. */
const MAX_WEBHOOKS = 100;

@Injectable()
export class ExplainSignatureService {
  constructor(
    private readonly appSecrets: AppSecretsService,
    private readonly webhooks: FindWebhooksService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
  ) {}

  async explain(app: AppRef, question: ExplainSignatureRequest): Promise<ExplainedSignature> {
    const { headers, body, bodyEncoding, secret } = question;
    const given: NamedKey[] =
      secret === undefined
        ? []
        : [{ key: secret, owner: 'given', role: null, webhookId: null, name: 'the secret given' }];
    const request = signedRequest(headers, Buffer.from(body, bodyEncoding));
    const ofWebhooks = await this.webhookKeysOf(app.appId);
    // The webhook that the request names comes first, since mistakes are searched with few keys.
    const named = request.headers.get(DELIVERY_HEADERS.webhookId.toLowerCase());
    return explainSignature({
      request,
      keys: [
        ...given,
        ...ofWebhooks.filter(({ webhookId }) => webhookId === named),
        ...(await this.appKeysOf(app.appId)),
        ...ofWebhooks.filter(({ webhookId }) => webhookId !== named),
      ],
      appKey: app.appKey,
      nowMs: this.clock.nowMs(),
    });
  }

  private async appKeysOf(appId: string): Promise<NamedKey[]> {
    const keys = await this.appSecrets.keysOf(appId);
    return keys ? keysByName(keys, { owner: 'app', webhookId: null, name: 'AppSecret' }) : [];
  }

  private async webhookKeysOf(appId: string): Promise<NamedKey[]> {
    const routes = (await this.webhooks.routesOf([appId])).get(appId) ?? [];
    const ids = routes.slice(0, MAX_WEBHOOKS).map(({ webhookId }) => webhookId);
    const settings = await this.webhooks.settingsOf(ids);
    return [...settings.values()].flatMap((webhook) => {
      const { webhookId, url } = webhook;
      const { current, next, previous } = liveSecretsOf(webhook, this.clock.now());
      const open = (sealed: Buffer | null) =>
        sealed && this.openedSecrets.open(sealed, webhookSecretContext(webhookId));
      const keys = { current: open(current), next: open(next), previous: open(previous) };
      return keysByName(keys, { owner: 'webhook', webhookId, name: maskCallbackUrl(url) });
    });
  }
}

const ROLES = ['current', 'next', 'previous'] as const;

function keysByName(keys: LiveKeys<string | null>, owner: Omit<FittingKey, 'role'>): NamedKey[] {
  return ROLES.flatMap((role) => {
    const key = keys[role];
    if (key === null) return [];
    return [{ ...owner, key, role, name: role === 'current' ? owner.name : `${owner.name} (${role})` }];
  });
}
