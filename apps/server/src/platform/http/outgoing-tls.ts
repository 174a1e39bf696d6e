/** Whom TLS to receivers trusts, and as whom it shows itself. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** A webhook's client certificate, opened only when a connection is made with it. */
export interface ClientCertificate {
  /** Another one for each certificate and webhook: a connection made with one serves no other. */
  id: string;
  /** @returns PEM @throws Error when it cannot be opened */
  open: () => { certificate: string; key: string };
}

/** More than one process meets in practice; each holds a parsed key. */
const MAX_CONTEXTS = 500;

export class OutgoingTls {
  private readonly contexts = new Map<string, SecureContext>();
  private readonly authorities: string[] | undefined;

  /** @param authorities PEM of certificates that are trusted beside the usual ones */
  constructor(authorities: string | undefined) {
    this.authorities = authorities === undefined ? undefined : [...getCACertificates('default'), authorities];
  }

  /**
   * @returns undefined: Node's own, which needs no memory of its own
   * @throws Error when the certificate cannot be opened or used
   */
  contextOf(certificate: ClientCertificate | null): SecureContext | undefined {
    if (!certificate && !this.authorities) return undefined;
    const id = certificate?.id ?? '';
    const known = this.contexts.get(id);
    if (known) return known;
    const opened = certificate?.open();
    const context = createSecureContext({
      ...(this.authorities && { ca: this.authorities }),
      ...(opened && { cert: opened.certificate, key: opened.key }),
    });
    const [oldest] = this.contexts.size < MAX_CONTEXTS ? [] : this.contexts.keys();
    if (oldest !== undefined) this.contexts.delete(oldest);
    this.contexts.set(id, context);
    return context;
  }
}
