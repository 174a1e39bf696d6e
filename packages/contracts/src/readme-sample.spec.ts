import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import vectors from '../test/vectors/signature.json' with { type: 'json' };

type IsGenuine = (key: string, headers: Record<string, string>, rawBody: Buffer) => boolean;

const root = new URL('../../../', import.meta.url);

/** The verification code of the document, loaded as a module. */
async function sampleOf(document: string, name = 'verify'): Promise<IsGenuine> {
  const text = await readFile(new URL(document, root), 'utf8');
  const [, after = ''] = text.split(`<!-- sample: ${name} -->`);
  const code = /^\s*```js\n(.*?)```/s.exec(after)?.[1] ?? '';
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    isGenuine: IsGenuine;
  };
  return module.isGenuine;
}

type Vector = (typeof vectors.xApp)[number];

describe.each(['README.md', 'README.zh-CN.md'])('the verification code in %s', (document) => {
  it.each(vectors.xApp)('accepts: $name', async (vector) => {
    const isGenuine = await sampleOf(document);
    expect(isGenuine(vector.key, headersOf(vector), bodyOf(vector))).toBe(true);
  });

  it('refuses another key, another body and a missing signature', async () => {
    const isGenuine = await sampleOf(document);
    const [vector] = vectors.xApp;
    if (!vector) throw new Error('There are no vectors');
    const body = bodyOf(vector);
    const unsigned = { ...headersOf(vector), 'x-app-signature': '' };
    expect(isGenuine('other', headersOf(vector), body)).toBe(false);
    expect(isGenuine(vector.key, headersOf(vector), Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
    expect(isGenuine(vector.key, unsigned, body)).toBe(false);
  });
});

describe.each(['docs/receiving.md', 'docs/receiving.zh-CN.md'])('the verification code in %s', (document) => {
  it.each(vectors.standardWebhooks)('accepts: $name, and no other secret or body', async (vector) => {
    const isGenuine = await sampleOf(document, 'verify-standard-webhooks');
    const body = Buffer.from(vector.bodyBase64, 'base64');
    const headers = {
      'webhook-id': vector.webhookId,
      'webhook-timestamp': vector.webhookTimestamp,
      'webhook-signature': `v1,AAAA ${vector.webhookSignature}`,
    };
    expect(isGenuine(vector.secret, headers, body)).toBe(true);
    expect(isGenuine('whsec_b3RoZXI=', headers, body)).toBe(false);
    expect(isGenuine(vector.secret, headers, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
    expect(isGenuine(vector.secret, { ...headers, 'webhook-signature': '' }, body)).toBe(false);
  });

  it.each(vectors.bodyHmac)(
    'of the body alone accepts: $name, and no other secret or body',
    async (vector) => {
      const isGenuine = await sampleOf(document, 'verify-body-hmac');
      const body = Buffer.from(vector.bodyBase64, 'base64');
      const headers = { 'x-app-signature-256': vector.signature };
      expect(isGenuine(vector.key, headers, body)).toBe(true);
      expect(isGenuine('other', headers, body)).toBe(false);
      expect(isGenuine(vector.key, headers, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
      expect(isGenuine(vector.key, {}, body)).toBe(false);
    },
  );
});

/** The one vector without a body means 256 KiB of the letter x. */
function bodyOf({ bodyBase64 }: Vector): Buffer {
  return bodyBase64 === null ? Buffer.alloc(262_144, 'x') : Buffer.from(bodyBase64, 'base64');
}

function headersOf(vector: Vector): Record<string, string> {
  return {
    'x-app-key': vector.appKey,
    'x-app-timestamp': vector.timestamp,
    'x-app-nonce': vector.nonce,
    'x-app-signature': vector.signatureHex,
  };
}
