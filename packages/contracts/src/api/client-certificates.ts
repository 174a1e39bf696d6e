/** Defines the client certificate of a webhook, for receivers that require one (mutual TLS). */
import { z } from 'zod';
import { MAX_CERTIFICATE_CHARACTERS, MAX_CERTIFICATE_KEY_CHARACTERS } from './webhook-constants.js';

/** Both as PEM. The server checks whether they match and are valid. */
export const clientCertificateSchema = z
  .strictObject({
    /** The certificate, and after it the intermediates that lead to an authority the receiver trusts. */
    certificate: z.string().min(1).max(MAX_CERTIFICATE_CHARACTERS),
    /** Its private key, without a passphrase. It is stored encrypted and never returned. */
    key: z.string().min(1).max(MAX_CERTIFICATE_KEY_CHARACTERS),
  })
  .meta({ id: 'ClientCertificate' });
export type ClientCertificateInput = z.infer<typeof clientCertificateSchema>;
