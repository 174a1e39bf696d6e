/** Makes the bodies of every format, alone and in batches, and says what a kit has to read from them. */

export interface ExpectedCallback {
  callbackId: string;
  event: string;
  timestamp: string | null;
  appKey: string;
  webhookId: string;
  deliveryId: string | null;
  /** JSON text, so that large numbers stay as they are. */
  dataText: string;
}

export interface ParseCase {
  name: string;
  headers: Record<string, string>;
  body: string;
  /** Null: the body is malformed. */
  expected: {
    kind: string;
    format: string;
    attempt: number;
    batchId: string | null;
    callbacks: ExpectedCallback[];
  } | null;
}

const APP_KEY = 'ak_demo_0001';
const TIMESTAMP = '2026-11-21T08:00:00.123Z';

/** As JSON libraries would not write it: a space, an escape, numbers beyond a double's precision, a new field. */
const dataOf = (id: number) =>
  String.raw`{ "text":"\u4f60好 \"${id}\"","seq":${id},"big":9007199254740993,"bigger":123456789012345678901234567890,"negative":-9007199254740995,"list":[1,9007199254740993],"added":{"later":true},"none":null,"empty":{}}`;

const callback = (id: number): ExpectedCallback => ({
  callbackId: `c${String(id)}`,
  event: 'message.sent',
  timestamp: TIMESTAMP,
  appKey: APP_KEY,
  webhookId: 'w1',
  deliveryId: `d${String(id)}`,
  dataText: dataOf(id),
});

const ENTRIES: Record<string, (each: ExpectedCallback, isBatch: boolean) => string> = {
  im: ({ callbackId, event, deliveryId, dataText }) =>
    `{"callbackId":"${callbackId}","event":"${event}","appKey":"${APP_KEY}","timestamp":"${TIMESTAMP}","webhookId":"w1","deliveryId":"${String(deliveryId)}","data":${dataText}}`,
  'standard-webhooks': ({ callbackId, event, dataText }, isBatch) =>
    `{${isBatch ? `"id":"${callbackId}",` : ''}"type":"${event}","timestamp":"${TIMESTAMP}","data":${dataText}}`,
  cloudevents: ({ callbackId, event, deliveryId, dataText }) =>
    `{"specversion":"1.0","id":"${callbackId}","source":"urn:im-callback:app:${APP_KEY}","type":"${event}","time":"${TIMESTAMP}","datacontenttype":"application/json","appkey":"${APP_KEY}","webhookid":"w1","deliveryid":"${String(deliveryId)}","data":${dataText}}`,
  flat: ({ event, deliveryId, dataText }) =>
    `{"event":"${event}","timestamp":"${TIMESTAMP}","webhook_id":"w1","delivery_id":"${String(deliveryId)}","data":${dataText}}`,
  raw: ({ dataText }) => dataText,
};

export function parseCases(): ParseCase[] {
  return [...Object.keys(ENTRIES).map(alone), ...batches(), ...odd(), ...malformed()];
}

function headersOf(format: string, more: Record<string, string>): Record<string, string> {
  return {
    'X-App-Key': APP_KEY,
    'X-App-Webhook-Id': 'w1',
    'X-App-Attempt': '2',
    'X-App-Kind': 'event',
    ...(format !== 'im' && { 'X-App-Format': format }),
    ...more,
  };
}

const NAMES = { 'X-App-Event': 'message.sent', 'X-App-Callback-Id': 'c1', 'X-App-Delivery-Id': 'd1' };

function alone(format: string): ParseCase {
  const expected = callback(1);
  return {
    name: `${format}, alone`,
    headers: headersOf(format, NAMES),
    body: entryOf(format, expected, false),
    expected: {
      kind: 'event',
      format,
      attempt: 2,
      batchId: null,
      // Only the request says when it happened.
      callbacks: [{ ...expected, timestamp: format === 'raw' ? null : TIMESTAMP }],
    },
  };
}

/** `flat` names no callback id in its entries: the delivery's id stands in for it. */
function batches(): ParseCase[] {
  const formats = Object.keys(ENTRIES).filter((format) => format !== 'raw');
  return formats.map((format) => {
    const callbacks = [1, 2, 3].map(callback);
    const entries = callbacks.map((each) => entryOf(format, each, true)).join(',');
    const read = callbacks.map((each) => ({
      ...each,
      ...(format === 'flat' && { callbackId: String(each.deliveryId) }),
      ...(format === 'standard-webhooks' && { deliveryId: null }),
    }));
    return {
      name: `${format}, in a batch`,
      headers: headersOf(format, { 'X-App-Batch': '3', 'X-App-Batch-Id': 'b1' }),
      body:
        format === 'cloudevents'
          ? `[${entries}]`
          : `{"batchId":"b1","appKey":"${APP_KEY}","webhookId":"w1","events":[${entries}]}`,
      expected: { kind: 'event', format, attempt: 2, batchId: 'b1', callbacks: read },
    };
  });
}

function odd(): ParseCase[] {
  const own = { ...callback(1), event: 'orders/create' };
  const image = callback(1);
  return [
    {
      name: 'an event that the catalogue does not know',
      headers: headersOf('im', NAMES),
      body: entryOf('im', own, false),
      expected: { kind: 'event', format: 'im', attempt: 2, batchId: null, callbacks: [own] },
    },
    {
      name: 'a question before an event',
      headers: headersOf('im', { ...NAMES, 'X-App-Kind': 'before', 'X-App-Attempt': '1' }),
      body: entryOf('im', image, false),
      expected: { kind: 'before', format: 'im', attempt: 1, batchId: null, callbacks: [image] },
    },
    {
      name: 'only the headers that are always there',
      headers: { 'x-app-key': APP_KEY },
      body: entryOf('im', image, false),
      expected: { kind: 'event', format: 'im', attempt: 1, batchId: null, callbacks: [image] },
    },
  ];
}

function malformed(): ParseCase[] {
  const make = (name: string, body: string, format = 'im', headers: Record<string, string> = NAMES) => ({
    name,
    headers: headersOf(format, headers),
    body,
    expected: null,
  });
  const batch = { 'X-App-Batch': '1', 'X-App-Batch-Id': 'b1' };
  return [
    make('no body', ''),
    make('no JSON', '{"callbackId":'),
    make('something after the JSON', `${entryOf('im', callback(1), false)}x`),
    make('NaN', '{"callbackId":"c1","event":"message.sent","data":NaN}'),
    make('a list', '[]'),
    make('a text', '"c1"'),
    make('no callbackId', '{"event":"message.sent","data":{}}', 'im', {}),
    make('a callbackId that is a number', '{"callbackId":1,"event":"message.sent","data":{}}', 'im', {}),
    make('an empty callbackId', '{"callbackId":"","event":"message.sent","data":{}}', 'im', {}),
    make('no event', '{"callbackId":"c1","data":{}}', 'im', {}),
    make('a batch without events', '{"batchId":"b1"}', 'im', batch),
    make('a batch of no list', '{"batchId":"b1","events":{}}', 'im', batch),
    make('a batch with an entry that is no event', '{"batchId":"b1","events":[1]}', 'im', batch),
    make('a batch with an entry without id', '{"events":[{"event":"message.sent","data":{}}]}', 'im', batch),
    make('raw, without a callback id', '{}', 'raw', { 'X-App-Event': 'message.sent' }),
    make('a format that there is not', '{}', 'xml'),
  ];
}

function entryOf(format: string, expected: ExpectedCallback, isBatch: boolean): string {
  const entry = ENTRIES[format];
  if (!entry) throw new TypeError(`there is no format ${format}`);
  return entry(expected, isBatch);
}
