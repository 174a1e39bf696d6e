/** Lists wrong strings that people sign instead of the documented one. */
import { canonicalString, type SignatureInput } from '@im/contracts/signature';
import { sha256Hex } from '@im/contracts/signature-node';
import type { Message } from './signed-request.js';

/** @param ownAppKey the AppKey the request should carry */
export function xAppCanonicalVariants(input: SignatureInput, body: Buffer, ownAppKey: string): Message[] {
  const { appKey, timestamp, nonce } = input;
  const digest = sha256Hex(body);
  const parts = [appKey, timestamp, nonce, digest];
  const variants: Message[] = [];
  for (const separator of ['', '\\n', '\r\n', '.', '&', '|', ':', ',', ' ']) {
    variants.push({ bytes: parts.join(separator), finding: 'canonical_separator' });
  }
  variants.push(
    { bytes: `${parts.join('\n')}\n`, finding: 'canonical_separator' },
    {
      bytes: `appKey=${appKey}&timestamp=${timestamp}&nonce=${nonce}&body=${digest}`,
      finding: 'canonical_separator',
    },
  );
  for (const other of timestampsOf(timestamp)) {
    variants.push({
      bytes: canonicalString({ ...input, timestamp: other }, digest),
      finding: 'canonical_timestamp',
    });
  }
  for (const hash of [
    digest.toUpperCase(),
    Buffer.from(digest, 'hex').toString('base64'),
    body.toString('latin1'),
    sha256Hex(digest),
  ]) {
    const bytes = Buffer.from(canonicalString(input, hash), 'latin1');
    variants.push({ bytes, finding: 'canonical_body' });
  }
  variants.push({ bytes: body, finding: 'canonical_body' }, { bytes: digest, finding: 'canonical_body' });
  for (const other of [ownAppKey, appKey.trim(), appKey.toLowerCase()]) {
    if (other !== appKey) {
      variants.push({
        bytes: canonicalString({ ...input, appKey: other }, digest),
        finding: 'canonical_app_key',
      });
    }
  }
  variants.push(...otherOrders(input, digest));
  return variants;
}

function otherOrders({ appKey, timestamp, nonce }: SignatureInput, digest: string): Message[] {
  const orders = [
    [timestamp, nonce, appKey, digest],
    [appKey, nonce, timestamp, digest],
    [timestamp, nonce, digest],
    [appKey, timestamp, digest],
    [digest, appKey, timestamp, nonce],
    [nonce, timestamp, appKey, digest],
  ];
  return orders.map((order) => ({ bytes: order.join('\n'), finding: 'canonical_order' }));
}

export function standardWebhooksCanonicalVariants(id: string, timestamp: string, body: Buffer): Message[] {
  const around = (head: string): Buffer => Buffer.concat([Buffer.from(head), body]);
  const variants: Message[] = [
    { bytes: body, finding: 'canonical_body' },
    { bytes: `${id}.${timestamp}.${sha256Hex(body)}`, finding: 'canonical_body' },
    { bytes: around(`${timestamp}.`), finding: 'canonical_order' },
    { bytes: around(`${timestamp}.${id}.`), finding: 'canonical_order' },
    { bytes: around(`${id}\n${timestamp}\n`), finding: 'canonical_separator' },
    { bytes: around(`${id}${timestamp}`), finding: 'canonical_separator' },
  ];
  for (const other of timestampsOf(timestamp)) {
    variants.push({ bytes: around(`${id}.${other}.`), finding: 'canonical_timestamp' });
  }
  return variants;
}

/** The same instant in seconds or milliseconds. */
function timestampsOf(timestamp: string): string[] {
  if (!/^\d{9,14}$/.test(timestamp)) return [timestamp.trim()].filter((other) => other !== timestamp);
  if (timestamp.length >= 12)
    return [timestamp.slice(0, -3), `${timestamp.slice(0, -3)}.${timestamp.slice(-3)}`];
  return [`${timestamp}000`];
}
