import type { certificate as zhCertificate } from '../zh/webhook-certificate.js';

export const certificate: typeof zhCertificate = {
  title: 'Client certificate',
  hint: 'For receivers that require mutual TLS. The key is stored encrypted and never shown again.',
  certificate: 'Certificate (PEM)',
  certificatePlaceholder: '-----BEGIN CERTIFICATE----- (with intermediates)',
  key: 'Private key (PEM, without a passphrase)',
  keyPlaceholder: '-----BEGIN PRIVATE KEY-----',
  bothNeeded: 'Enter both certificate and key',
  current: 'Current certificate: {subject}, valid until',
  keep: 'Empty: stays as it is.',
  remove: 'Remove the client certificate',
  removedNotice: 'Once saved, the client certificate is removed.',
  expires: 'valid until',
};
