/** Reads the signature vectors, which were made independently of the code. */
import { readFileSync } from 'node:fs';

export interface Vectors {
  xApp: {
    name: string;
    key: string;
    appKey: string;
    timestamp: string;
    nonce: string;
    bodyBase64: string | null;
    signatureHex: string;
  }[];
  standardWebhooks: {
    name: string;
    secret: string;
    webhookId: string;
    webhookTimestamp: string;
    bodyBase64: string;
    webhookSignature: string;
  }[];
  bodyHmac: { name: string; key: string; bodyBase64: string; signature: string }[];
}

export function readVectors(): Vectors {
  const file = new URL('../../../packages/contracts/test/vectors/signature.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Vectors;
}
