import type { Chapter } from './blocks.js';

export const start: Chapter = {
  title: 'Get started in 5 minutes',
  blocks: [
    {
      steps: [
        'Write an endpoint that takes a `POST` and answers 2xx. The sample “Receive” is a receiver you can run; “Receive with the kit” also parses every format and drops duplicates, with the packages in `kits/` of the repository.',
        'Add a webhook with this URL under [Callback URLs](webhooks). Without a secret of its own it is signed with the AppSecret.',
        'Give the secret to the receiver (environment variable `APP_SECRET`). Verify first, then handle.',
        'Press “Test”, or send an example event to your webhook from the chapter “Events” below.',
      ],
    },
    { text: 'Every event is one `POST` with `Content-Type: application/json; charset=utf-8`:' },
    {
      label: 'Request',
      code: `POST /callback HTTP/1.1
Content-Type: application/json; charset=utf-8
X-App-Key: {appKey}
X-App-Timestamp: 1795248000123
X-App-Nonce: 00112233445566778899aabbccddeeff
X-App-Signature: 8fffe5cf… (64 lower-case hex digits)
X-App-Event: message.sent
X-App-Callback-Id: 01980000-0000-7000-8000-000000000001
X-App-Delivery-Id: 01980000-0000-7000-8000-000000000002
X-App-Webhook-Id: 01980000-0000-7000-8000-000000000003
X-App-Attempt: 1
X-App-Kind: event

{"callbackId":"01980000-0000-7000-8000-000000000001","event":"message.sent","appKey":"{appKey}",
 "timestamp":"2026-11-21T08:00:00.123Z","webhookId":"01980000-0000-7000-8000-000000000003",
 "deliveryId":"01980000-0000-7000-8000-000000000002","data":{}}`,
    },
    {
      table: {
        head: ['Field', 'Meaning'],
        rows: [
          [
            '`callbackId`',
            'Names this event for this webhook. The same in every retry and redelivery: deduplicate by it.',
          ],
          ['`event`', 'The event, such as `message.sent`.'],
          ['`appKey`', 'The AppKey of this app: `{appKey}`.'],
          ['`timestamp`', 'When the event happened, ISO 8601, UTC.'],
          ['`webhookId`', 'Names the webhook.'],
          ['`deliveryId`', 'Names this delivery; a redelivery has a new one.'],
          [
            '`data`',
            'The payload, see “Events”. It arrives exactly as it was sent: large integers and the order of keys survive.',
          ],
        ],
      },
    },
    {
      note: 'Answer fast: without an answer within 10 seconds (by default) the attempt has failed. Put slow work into a queue and do it after answering.',
    },
  ],
};

export const verify: Chapter = {
  title: 'Verify signatures',
  blocks: [
    {
      text: 'A signature proves that a request is from us and was not changed on its way. The string that is signed has four lines, joined by `\\n`, without one at the end:',
    },
    {
      label: 'String to sign',
      code: `{appKey}
1795248000123
00112233445566778899aabbccddeeff
b8302f7745b80a71d6572640ce24e9e7d89e6f5b19ec135214dca201ccc63572`,
    },
    {
      table: {
        head: ['Line', 'From', 'Form'],
        rows: [
          ['1', '`X-App-Key`', 'the AppKey'],
          ['2', '`X-App-Timestamp`', 'Unix time of this attempt in milliseconds, decimal'],
          ['3', '`X-App-Nonce`', '32 lower-case hex digits, new in every attempt'],
          ['4', 'body', 'SHA-256 of the raw bytes, lower-case hex'],
        ],
      },
    },
    {
      text: '`X-App-Signature` is `HMAC-SHA256(key, string to sign)` in lower-case hex. The key is the UTF-8 of the secret’s text: the webhook’s own secret if it has one, else the AppSecret.',
    },
    {
      list: [
        'Verify the **raw bytes as received**, before any framework parses the JSON. JSON that was parsed and printed again is other bytes.',
        'Refuse requests whose timestamp is more than 5 minutes from your clock, so that old ones cannot be replayed. Keep the receiver synchronised by NTP.',
        'Compare signatures in constant time, not with `==`.',
        'While a secret is rotated there are `X-App-Signature-Next` and `X-App-Signature-Previous` too; a request is genuine if any of the three fits.',
        'Answer 401 when none does, and do not say why.',
      ],
    },
    {
      fold: 'Two other signatures',
      blocks: [
        {
          text: 'A webhook’s settings offer other signatures. The `X-App-*` headers are sent all the same.',
        },
        {
          table: {
            head: ['Scheme', 'Header', 'Value'],
            rows: [
              ['`x-app` (default)', '`X-App-Signature`', 'as above'],
              [
                '`standard-webhooks`',
                '`webhook-signature`',
                '`v1,` and base64(HMAC-SHA256(key, id + "." + timestamp + "." + body)). Secrets are `whsec_…`; its libraries verify it.',
              ],
              [
                '`body-hmac`',
                '`X-App-Signature-256`',
                '`sha256=` and HMAC-SHA256(key, body) in lower-case hex, as GitHub does. The prefix can be changed; the time is not signed.',
              ],
            ],
          },
        },
      ],
    },
    {
      text: 'It does not verify? Paste the request into the [signature debugger](debug), which shows line by line what differs.',
    },
  ],
};
