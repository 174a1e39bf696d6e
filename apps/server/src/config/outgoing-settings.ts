/** Reads how this process reaches receivers: through which proxy, and which authorities it trusts additionally. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { urlWithProtocol } from './service-urls.js';

/** A name, also below a `.` or `*.`, an address or a CIDR, with a port where it is no CIDR; or all of them. */
const EXCEPTION =
  /^(?:\*|(?:\*?\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?(?::\d{1,5})?|[0-9a-f.:]+(?:\/\d{1,3})?|\[[0-9a-f.:]+\](?::\d{1,5})?)$/i;

const CERTIFICATE_BEGIN = '-----BEGIN CERTIFICATE-----';
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

export const outgoingSettings = {
  /** Callbacks go through this forward proxy, in tunnels (CONNECT): `http://user:password@proxy.example:3128`. */
  OUTGOING_PROXY_URL: urlWithProtocol('http:', 'https:')
    .refine((text) => !/^https?:/.test(text) || hasNoPath(text), 'must have no path')
    .refine(
      (text) => !URL.canParse(text) || hasReadableCredentials(text),
      'must have a user name and a password whose special characters are percent-encoded (% as %25)',
    )
    .optional(),
  /** Hosts reached without it, comma-separated as in NO_PROXY: names (with those below), addresses, CIDRs, `*`. */
  OUTGOING_NO_PROXY: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .superRefine((exceptions, context) => {
      for (const exception of exceptions.filter((text) => !EXCEPTION.test(text))) {
        context.addIssue({
          code: 'custom',
          message: `"${exception}" is not a name, an address, a CIDR or *`,
        });
      }
    }),
  /** Certificates (PEM) of authorities that TLS to receivers trusts in addition to the usual ones. */
  OUTGOING_CA_FILE: z
    .string()
    .refine(isCertificateFile, 'must name a file of certificates (PEM) that can be read')
    .optional(),
};

function hasNoPath(text: string): boolean {
  return !URL.canParse(text) || new URL(text).pathname === '/';
}

function hasReadableCredentials(text: string): boolean {
  const { username, password } = new URL(text);
  try {
    for (const part of [username, password]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** Each must be PEM: of a file in another format no authority would be trusted. */
function isCertificateFile(file: string): boolean {
  try {
    const text = readFileSync(file, 'latin1');
    const certificates = text.match(CERTIFICATES) ?? [];
    for (const pem of certificates) new X509Certificate(pem);
    return certificates.length > 0 && certificates.length === text.split(CERTIFICATE_BEGIN).length - 1;
  } catch {
    return false;
  }
}
