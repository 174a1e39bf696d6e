import type { FastifyRequest } from 'fastify';
import type { Identity } from './identity/domain/identity.js';

/**
 * Verifies a request signed with an AppSecret. The apps module, which owns the secrets, provides it; the guard
 * finds it at run time, so that access depends on no other module.
 */
export abstract class AppSignatureVerifier {
  /**
   * Checks what can be checked before the body has arrived.
   *
   * @throws DomainError 401 `signature_invalid`, `timestamp_out_of_window`
   */
  abstract assertPlausible(request: FastifyRequest): void;

  /** @throws DomainError 401 `signature_invalid`, `timestamp_out_of_window` or `nonce_reused` */
  abstract verify(request: FastifyRequest): Promise<Identity>;
}
