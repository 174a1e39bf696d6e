import type { certificate as zhCertificate } from '../zh/webhook-certificate.js';

export const certificate: typeof zhCertificate = {
  title: 'Client certificate',
  hint: 'For receivers that require mutual TLS. The key is stored encrypted and never shown again.',
  certificate: 'Certificate (PEM)',
  certificatePlaceholder: '-----BEGIN CERTIFICATE----- (with intermediates)',
  key: 'Private key (PEM, without a passphrase)',
  keyPlaceholder: '-----BEGIN PRIVATE KEY-----',
  bothNeeded: 'Enter both the certificate and the key',
  current: 'Current certificate: {subject}, valid until',
  keep: 'Leave empty to keep it.',
  remove: 'Remove the client certificate',
  removedNotice: 'The client certificate is removed when you save.',
  expires: 'valid until',
};
