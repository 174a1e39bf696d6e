/** Provides trusted authorities and client certificates for TLS to receivers. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** A webhook's client certificate, opened only when a connection is made with it. */
export interface ClientCertificate {
  /** Different for each certificate and webhook, since connections are not shared between them. */
  id: string;
  /** @returns PEM @throws Error when it cannot be opened */
  open: () => { certificate: string; key: string };
}

/** More than a process needs in practice; each has a parsed key. */
const MAX_CONTEXTS = 500;

export class OutgoingTls {
  /** By certificate, the least recently used first. */
  private readonly contexts = new Map<string, SecureContext>();
  private readonly authorities: string[] | undefined;
  /** For connections without a client certificate; undefined: Node's own, which needs no extra memory. */
  private readonly plain: SecureContext | undefined;

  /** @param authorities PEM of certificates that are trusted in addition to the usual ones */
  constructor(
    authorities: string | undefined,
    private readonly maxContexts = MAX_CONTEXTS,
  ) {
    this.authorities = authorities === undefined ? undefined : [...getCACertificates('default'), authorities];
    this.plain = this.authorities && createSecureContext({ ca: this.authorities });
  }

  /**
   * @returns undefined: Node's own
   * @throws Error when the certificate cannot be opened or used
   */
  contextOf(certificate: ClientCertificate | null): SecureContext | undefined {
    if (!certificate) return this.plain;
    const context = this.contexts.get(certificate.id) ?? this.contextWith(certificate);
    this.contexts.delete(certificate.id);
    this.contexts.set(certificate.id, context);
    if (this.contexts.size > this.maxContexts) {
      const [oldest = ''] = this.contexts.keys();
      this.contexts.delete(oldest);
    }
    return context;
  }

  private contextWith({ open }: ClientCertificate): SecureContext {
    const { certificate: cert, key } = open();
    return createSecureContext({ ...(this.authorities && { ca: this.authorities }), cert, key });
  }
}
