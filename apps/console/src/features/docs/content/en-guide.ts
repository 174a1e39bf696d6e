import type { Guide } from './blocks.js';
import { bots } from './en-bots.js';
import { start, verify } from './en-first-steps.js';

export const guide: Guide = {
  start,
  verify,
  events: {
    title: 'Events',
    blocks: [
      {
        text: 'A webhook subscribes to all events, to a family (`message.*`) or to single ones. Choose an event to see its fields and an example, or send one to your webhook. Events of your own are under [Event types](eventTypes).',
      },
    ],
  },
  retries: {
    title: 'Retries and order',
    blocks: [
      {
        table: {
          head: ['The receiver answers', 'Outcome'],
          rows: [
            ['2xx', 'Delivered.'],
            ['3xx', 'Failed; redirects are never followed.'],
            ['410', 'Failed, and the webhook is disabled with an alert.'],
            ['429, 503', 'Failed; `Retry-After` is honoured, up to the longest delay of the policy.'],
            ['anything else, timeouts, network errors', 'Failed, and retried by the policy.'],
          ],
        },
      },
      {
        text: 'By default there are 9 attempts in about 21 hours, after 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 6 h and 12 h. Each webhook can have a policy of its own. Every attempt has a new timestamp, nonce and signature, and `X-App-Attempt` goes up by one.',
      },
      {
        list: [
          'When the last attempt fails, the delivery is “failed” and an alert opens. Redeliver or recover it from the [delivery log](deliveries).',
          'After 10 failures in a row delivery pauses and is probed, first after 30 s; then the backlog drains smoothly. What waits uses up no attempts.',
          'After 5 days without a success the webhook is disabled.',
        ],
      },
      {
        text: 'Order is not guaranteed by default. With the ordering “by conversation”, events of one conversation arrive strictly in the order accepted: the next is sent once the one before it succeeded or was given up; other conversations go on in parallel. You can also compare `timestamp`, or `seq` of a message.',
      },
    ],
  },
  idempotency: {
    title: 'Idempotency',
    blocks: [
      {
        text: 'Delivery is at least once: when your answer is lost, the same event comes again. Deduplicate by `callbackId` and nothing is handled twice.',
      },
      {
        steps: [
          'Verify the signature.',
          'Insert `callbackId` into a table with a unique constraint, in the same transaction as your own changes.',
          'A conflict means that it was handled before: answer 2xx.',
        ],
      },
      {
        label: 'SQL',
        code: `CREATE TABLE handled_callbacks (
  callback_id uuid PRIMARY KEY,
  handled_at timestamptz NOT NULL DEFAULT now()
);

-- 0 rows inserted: handled before
INSERT INTO handled_callbacks (callback_id) VALUES ($1) ON CONFLICT DO NOTHING;`,
      },
      {
        list: [
          '`callbackId` stays the same in retries, redeliveries and recoveries. Keep it longer than retries last; 30 days is a good choice.',
          '`deliveryId` is new in a redelivery: do not deduplicate by it.',
          'In a batch every event has a `callbackId` of its own; in the format `flat` only a `delivery_id`.',
        ],
      },
    ],
  },
  troubleshooting: {
    title: 'Troubleshooting',
    blocks: [
      {
        table: {
          head: ['Symptom', 'Cause and remedy'],
          rows: [
            [
              'Signatures never verify',
              'Usually a framework parsed the JSON first, or the secret has a space or line break too many. The [signature debugger](debug) finds the line.',
            ],
            [
              'Some do not verify',
              'Bodies with non-ASCII text or escapes were printed again: verify the raw bytes.',
            ],
            [
              'Tests verify, production does not',
              'The two have different AppSecrets, or the webhook has a secret of its own.',
            ],
            [
              'Timestamp out of range',
              'The receiver’s clock is wrong, or milliseconds were read as seconds.',
            ],
            ['Response timeout', 'Answer first, work later; or raise the webhook’s timeout (60 s at most).'],
            ['Redirect', 'Use the final URL; usually it is `https` or a trailing `/`.'],
            [
              'Certificate not trusted',
              'Add the intermediate certificates; your operators can trust a self-signed one.',
            ],
            [
              'Address not allowed',
              'Private addresses are refused unless your operators allow them with `WEBHOOK_ALLOWED_CIDRS`.',
            ],
            [
              'No request at all',
              'The webhook is disabled or not subscribed, or the source sent nothing: see the [delivery log](deliveries).',
            ],
          ],
        },
      },
      {
        text: 'A delivery shows, for each attempt, the request as sent, the response, where the time went, the cause and what helps.',
      },
    ],
  },
  rotation: {
    title: 'Rotate secrets',
    blocks: [
      {
        text: 'A secret is replaced in two steps, without downtime. It is the same for the AppSecret and for a webhook’s own secret.',
      },
      {
        table: {
          head: ['Step', 'What we do', 'What you do'],
          rows: [
            [
              '1. Generate',
              'The old secret still signs; `X-App-Signature-Next` is sent too',
              'Give the receiver the new secret, or accept both',
            ],
            [
              '2. Activate',
              'The new secret signs; `X-App-Signature-Previous` is sent too',
              'Check that there are no 401s',
            ],
            ['3. The overlap ends', 'The old secret is void (24 h by default)', 'Remove the old secret'],
          ],
        },
      },
      {
        text: 'The sample checks all three headers, so a receiver that keeps one secret can change it at any time until the overlap ends. Use “Rotate” under [Callback URLs](webhooks), or `POST /api/v1/apps/{appKey}/secret/stage` and `…/secret/activate`.',
      },
    ],
  },
  bots,
  api: {
    title: 'API',
    blocks: [
      {
        text: 'Your own backend can send events too: with an API token (`Authorization: Bearer imk_…`, made under [API tokens](tokens), scope `events:write`), or signed with the AppSecret, by the same headers that a receiver gets.',
      },
      {
        table: {
          head: ['Call', 'What for'],
          rows: [
            ['`POST /api/v1/apps/{appKey}/events`', 'Send an event; answered 202'],
            ['`POST /api/v1/apps/{appKey}/events/batch`', 'Up to 1,000 at once, each answered'],
            [
              '`POST /api/v1/apps/{appKey}/before/<event>`',
              'Ask before something happens and wait for the decision',
            ],
            ['`GET /api/v1/apps/{appKey}/trace?messageId=…`', 'Why did it not arrive?'],
            ['`GET /api/v1/apps/{appKey}/deliveries`', 'The delivery log'],
            ['`POST /api/v1/apps/{appKey}/signature/explain`', 'Which part of a signature differs?'],
          ],
        },
      },
      {
        list: [
          'With an `id` you can send again safely: the same content gets the same answer, other content gets 409.',
          'A signed request is valid for 5 minutes, and its nonce only once.',
          'An event has 256 KiB at most, a batch 8 MiB.',
        ],
      },
      {
        text: 'All calls: [readable documentation](apiDocs) · [OpenAPI 3.1](openapi) · [AsyncAPI 3](asyncapi).',
      },
    ],
  },
};
