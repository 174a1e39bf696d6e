/** Reads webhooks of `/api/webhooks` into the requests of the service's own API. */
import {
  SECRET_MASK,
  type FamiliarCreateWebhook,
  type FamiliarUpdateWebhook,
} from '@im/contracts/api/familiar-webhooks';
import {
  createWebhookRequestSchema,
  updateWebhookRequestSchema,
  type UpdateWebhookRequest,
} from '@im/contracts/api/webhooks';
import type { z } from 'zod';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { toRetryPolicy } from './domain/retry-policy.js';

/** @throws DomainError `invalid_input` for what cannot be together */
export function toNewWebhook(body: FamiliarCreateWebhook): z.output<typeof createWebhookRequestSchema> {
  return parseBody(createWebhookRequestSchema, {
    url: body.url,
    name: body.name,
    description: body.description ?? '',
    secret: body.secret,
    enabled: body.active,
    events: body.events,
    headers: body.headers,
    timeoutMs: toMs(body.timeout),
    retryPolicy: toRetryPolicy(body.retry_policy),
    format: 'flat',
    signature: 'body-hmac',
    signaturePrefix: body.signature_prefix,
  } satisfies z.input<typeof createWebhookRequestSchema>);
}

/** Fields that are absent stay as they are. */
export function toChange(body: FamiliarUpdateWebhook): z.output<typeof updateWebhookRequestSchema> {
  const { timeout, retry_policy, active, signature_prefix, secret, ...same } = body;
  const isSecretKept = secret === undefined || secret === SECRET_MASK;
  return parseBody(updateWebhookRequestSchema, {
    ...same,
    ...(active !== undefined && { enabled: active }),
    ...(timeout !== undefined && { timeoutMs: toMs(timeout) }),
    ...(retry_policy && { retryPolicy: toRetryPolicy(retry_policy) }),
    ...(signature_prefix !== undefined && { signaturePrefix: signature_prefix }),
    ...(!isSecretKept && { secret }),
  } satisfies UpdateWebhookRequest);
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1_000);
}
