import { isStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';
import { describe, expect, it } from 'vitest';
import { generateSecret } from './generate-secret.js';

describe('a generated secret', () => {
  it('is in the form that the receiver takes it in', () => {
    expect(generateSecret('x-app')).toMatch(/^[0-9a-f]{64}$/);
    const encoded = generateSecret('standard-webhooks');
    expect(isStandardWebhooksSecret(encoded)).toBe(true);
    expect(atob(encoded.slice('whsec_'.length))).toHaveLength(32);
  });

  it('is another each time', () => {
    expect(new Set(Array.from({ length: 50 }, () => generateSecret('standard-webhooks'))).size).toBe(50);
  });
});
