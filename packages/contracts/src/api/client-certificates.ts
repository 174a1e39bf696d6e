/** The certificate with which a webhook shows itself to a receiver that asks for one (mutual TLS). */
import { z } from 'zod';
import { MAX_CERTIFICATE_CHARACTERS, MAX_CERTIFICATE_KEY_CHARACTERS } from './webhook-constants.js';

/** Both as PEM. Whether they fit together and still count is for the server to say. */
export const clientCertificateSchema = z
  .strictObject({
    /** The certificate, and after it the intermediates that lead to an authority the receiver trusts. */
    certificate: z.string().min(1).max(MAX_CERTIFICATE_CHARACTERS),
    /** Its private key, without a passphrase. It is stored encrypted and never given back. */
    key: z.string().min(1).max(MAX_CERTIFICATE_KEY_CHARACTERS),
  })
  .meta({ id: 'ClientCertificate' });
export type ClientCertificateInput = z.infer<typeof clientCertificateSchema>;
