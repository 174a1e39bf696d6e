/** The certificate with which a webhook shows itself to a receiver that asks for one (mutual TLS). */
import { z } from 'zod';

/** A leaf with its intermediates has 2 to 8 KB; an RSA key of 4,096 bits about 3 KB. */
export const MAX_CERTIFICATE_CHARACTERS = 32_768;
export const MAX_CERTIFICATE_KEY_CHARACTERS = 16_384;

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
