import { describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { OutgoingTls, type ClientCertificate } from './outgoing-tls.js';

const MAX_CONTEXTS = 3;
const { cert, key } = makeCertificate({ commonName: 'callback sender' });

const certificateOf = (id: string): ClientCertificate => ({
  id,
  open: () => ({ certificate: cert, key }),
});

describe('the contexts that are kept', () => {
  it('are those used last', () => {
    const tls = new OutgoingTls(undefined, MAX_CONTEXTS);
    const open = vi.fn(() => ({ certificate: cert, key }));
    for (let count = 0; count < 10; count += 1) {
      tls.contextOf({ id: 'busy', open });
      tls.contextOf(certificateOf(`other ${String(count)}`));
    }
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('do not put out the one of connections without a certificate', () => {
    const tls = new OutgoingTls(cert, MAX_CONTEXTS);
    const plain = tls.contextOf(null);
    expect(plain).toBeDefined();
    for (let count = 0; count < 10; count += 1) tls.contextOf(certificateOf(String(count)));
    expect(tls.contextOf(null)).toBe(plain);
  });
});
