/** Composes one request from a webhook's settings and the deliveries that are due. */
import { callbackHeaders } from './callback-headers.js';
import type {
  BodyTarget,
  CallbackDelivery,
  ComposedBody,
  ComposedCallback,
  Composition,
} from './callback.js';
import {
  CLOUD_EVENT_CONTENT_TYPE,
  CLOUD_EVENTS_BATCH_CONTENT_TYPE,
  cloudEventEntry,
} from './format-cloudevents.js';
import { flatEntry } from './format-flat.js';
import { batchBody, IM_CONTENT_TYPE, imEntry } from './format-im.js';
import { rawBody, rawUrl } from './format-raw.js';
import {
  STANDARD_WEBHOOKS_CONTENT_TYPE,
  standardWebhooksBatchEntry,
  standardWebhooksEntry,
} from './format-standard-webhooks.js';

/** @throws TypeError for what settings cannot be: several deliveries without a batch, a batch of format `raw` */
export function composeCallback(composition: Composition): ComposedCallback {
  const { target, deliveries, batchId } = composition;
  const [delivery] = deliveries;
  if (batchId === null && deliveries.length > 1) {
    throw new TypeError('several deliveries go out as a batch or one by one');
  }
  const { contentType, body } =
    batchId === null ? composeSingle(target, delivery) : composeBatch(target, deliveries, batchId);
  const url = target.format === 'raw' ? rawUrl(target.url, delivery.rawRequest) : target.url;
  return { url, headers: callbackHeaders(composition, contentType, body), body };
}

/** The body of a delivery that goes out alone. */
export function composeSingle(target: BodyTarget, delivery: CallbackDelivery): ComposedBody {
  switch (target.format) {
    case 'im':
      return textBody(IM_CONTENT_TYPE, imEntry(target, delivery));
    case 'standard-webhooks':
      return textBody(STANDARD_WEBHOOKS_CONTENT_TYPE, standardWebhooksEntry(delivery));
    case 'cloudevents':
      return textBody(CLOUD_EVENT_CONTENT_TYPE, cloudEventEntry(target, delivery));
    case 'raw':
      return rawBody(delivery);
    case 'flat':
      return textBody(IM_CONTENT_TYPE, flatEntry(target, delivery));
  }
}

/** A delivery as an entry of a batch. */
export function composeBatchEntry(target: BodyTarget, delivery: CallbackDelivery): string {
  switch (target.format) {
    case 'im':
      return imEntry(target, delivery);
    case 'standard-webhooks':
      return standardWebhooksBatchEntry(delivery);
    case 'cloudevents':
      return cloudEventEntry(target, delivery);
    case 'raw':
      throw new TypeError('bytes of a source have no batch');
    case 'flat':
      return flatEntry(target, delivery);
  }
}

function composeBatch(
  target: BodyTarget,
  deliveries: readonly CallbackDelivery[],
  batchId: string,
): ComposedBody {
  const entries = deliveries.map((delivery) => composeBatchEntry(target, delivery));
  return target.format === 'cloudevents'
    ? textBody(CLOUD_EVENTS_BATCH_CONTENT_TYPE, `[${entries.join(',')}]`)
    : textBody(IM_CONTENT_TYPE, batchBody(target, batchId, entries));
}

function textBody(contentType: string, text: string): ComposedBody {
  return { contentType, body: Buffer.from(text, 'utf8') };
}
