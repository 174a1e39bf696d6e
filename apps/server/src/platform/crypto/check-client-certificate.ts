/** Checks a client certificate and its key before they are stored, so that they do not fail in a handshake later. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { FieldErrorCode } from '@im/contracts/problem';

export interface ClientCertificatePem {
  certificate: string;
  key: string;
}

export interface CheckedClientCertificate {
  /** The certificates and the key, without surrounding text. */
  pem: ClientCertificatePem;
  /** The common name, or the whole subject without one. */
  subject: string;
  expiresAt: Date;
}

export type ClientCertificateVerdict = ({ ok: true } & CheckedClientCertificate) | ClientCertificateFault;

interface ClientCertificateFault {
  ok: false;
  field: keyof ClientCertificatePem;
  code: Extract<
    FieldErrorCode,
    'invalid_format' | 'invalid_value' | 'expired' | 'key_mismatch' | 'key_encrypted'
  >;
  message: string;
}

const MAX_CERTIFICATES = 10;
const MAX_SUBJECT_CHARACTERS = 300;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export function checkClientCertificate(input: ClientCertificatePem, now: Date): ClientCertificateVerdict {
  const blocks = input.certificate.match(PEM_CERTIFICATE) ?? [];
  const chain = blocks.slice(0, MAX_CERTIFICATES).map(readCertificate);
  const [leaf] = chain;
  if (!leaf || chain.includes(null)) {
    return refused('certificate', 'invalid_format', 'must be a certificate in PEM form');
  }
  if (blocks.length > MAX_CERTIFICATES) {
    const message = `must contain at most ${String(MAX_CERTIFICATES)} certificates`;
    return refused('certificate', 'invalid_value', message);
  }
  if (leaf.validToDate <= now) {
    return refused('certificate', 'expired', `has expired at ${leaf.validToDate.toISOString()}`);
  }
  const key = readKey(input.key);
  if ('ok' in key) return key;
  if (!leaf.checkPrivateKey(key)) {
    return refused('key', 'key_mismatch', 'is not the key of the first certificate');
  }
  const pem = {
    certificate: `${blocks.join('\n')}\n`,
    key: key.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
  const fault = contextFault(pem);
  return fault === null
    ? { ok: true, pem, subject: subjectOf(leaf), expiresAt: leaf.validToDate }
    : refused('certificate', 'invalid_value', `cannot be used for TLS (${fault})`);
}

function refused(
  field: keyof ClientCertificatePem,
  code: ClientCertificateFault['code'],
  message: string,
): ClientCertificateFault {
  return { ok: false, field, code, message };
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function readKey(pem: string): KeyObject | ClientCertificateFault {
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    const message = 'is protected by a passphrase; give it without (openssl pkey -in key.pem -out plain.pem)';
    return refused('key', 'key_encrypted', message);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    return refused('key', 'invalid_format', 'must be a private key in PEM form');
  }
}

/** OpenSSL refuses keys and digests that are too weak, among others. @returns its code */
function contextFault({ certificate, key }: ClientCertificatePem): string | null {
  try {
    createSecureContext({ cert: certificate, key });
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

function subjectOf({ subject }: X509Certificate): string {
  const lines = ((subject as string | undefined) ?? '').split('\n');
  const commonName = lines.find((line) => line.startsWith('CN='))?.slice('CN='.length);
  return (commonName ?? lines.join(', ')).replaceAll('\0', '\uFFFD').slice(0, MAX_SUBJECT_CHARACTERS);
}
