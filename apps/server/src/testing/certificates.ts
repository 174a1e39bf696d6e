/** Makes certificates of a test's own authorities. */
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

const DAY_MS = 86_400_000;

export interface Certificate {
  key: string;
  cert: string;
}

export interface CertificateSpec {
  commonName: string;
  dnsName?: string;
  issuer?: Certificate;
  isAuthority?: boolean;
  fromDay?: number;
  toDay?: number;
}

/** Makes a certificate for this run; self-signed when it has no issuer. Days count from now. */
export function makeCertificate(spec: CertificateSpec): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(8))}`;
  certificate.validity.notBefore = new Date(Date.now() + (spec.fromDay ?? -1) * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + (spec.toDay ?? 1) * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: spec.commonName }]);
  certificate.setIssuer(
    spec.issuer
      ? forge.pki.certificateFromPem(spec.issuer.cert).subject.attributes
      : [{ name: 'commonName', value: spec.commonName }],
  );
  certificate.setExtensions([
    { name: 'basicConstraints', cA: spec.isAuthority ?? false },
    ...(spec.dnsName ? [{ name: 'subjectAltName', altNames: [{ type: 2, value: spec.dnsName }] }] : []),
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(spec.issuer?.key ?? privateKey), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}
