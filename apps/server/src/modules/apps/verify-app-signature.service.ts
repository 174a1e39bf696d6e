import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { verifySync } from '@im/contracts/signature-node';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
// The merged declaration of FastifyRequest.rawBody lives there.
import '../../platform/http-server/json-body.js';
import { AppSignatureVerifier } from '../access/app-signature.verifier.js';
import type { AppSignatureIdentity } from '../access/identity/domain/identity.js';
import { tenantSuspended } from '../access/tenants/tenant-suspended.js';
import { AppSecretsService } from './app-secrets.service.js';
import { ConsumeNonceService } from './consume-nonce.service.js';
import { isAppKey } from './domain/app-key.js';
import type { LiveKeys } from './domain/secret-rotation.js';
import { isTimely, readSignedHeaders, type SignedHeaders } from './domain/signed-headers.js';
import { FindAppService } from './find-app.service.js';

const NO_BODY = Buffer.alloc(0);

/** Authenticates an app by its `X-App-*` headers, computed over the body with the AppSecret. */
@Injectable()
export class VerifyAppSignatureService extends AppSignatureVerifier {
  /** Stands in for the secret of an app that does not exist, so that the answer takes as long. */
  private readonly decoySecret = randomBytes(32).toString('base64url');

  constructor(
    private readonly findApp: FindAppService,
    private readonly appSecrets: AppSecretsService,
    private readonly nonces: ConsumeNonceService,
    private readonly clock: Clock,
  ) {
    super();
  }

  override assertPlausible(request: FastifyRequest): void {
    this.readTimely(request);
  }

  override async verify(request: FastifyRequest): Promise<AppSignatureIdentity> {
    const signed = this.readTimely(request);
    const identity = await this.identityOf(signed, request.rawBody ?? NO_BODY);
    // Only after the signature is verified: otherwise anybody could use up the nonces of an app.
    if (!(await this.nonces.consume(identity.appId, signed.nonce))) {
      throw new DomainError('nonce_reused', 'X-App-Nonce was used before; each request needs a new one');
    }
    return identity;
  }

  private readTimely({ headers }: FastifyRequest): SignedHeaders {
    const signed = readSignedHeaders(headers);
    if (!signed) throw signatureInvalid();
    if (isTimely(signed.timestamp, this.clock.nowMs())) return signed;
    throw new DomainError(
      'timestamp_out_of_window',
      'X-App-Timestamp is not Unix time in milliseconds within 5 minutes of ours',
    );
  }

  private async identityOf(signed: SignedHeaders, body: Buffer): Promise<AppSignatureIdentity> {
    const checkedAt = performance.now();
    const app = isAppKey(signed.appKey) ? await this.findApp.byKey(signed.appKey, checkedAt) : undefined;
    const keys = app ? acceptedKeys(this.appSecrets.open(app)) : [this.decoySecret];
    const isRight = keys.some((key) => verifySync(key, signed, body, signed.signature));
    if (!app || !isRight) throw signatureInvalid();
    if (app.isTenantSuspended) throw tenantSuspended();
    const { tenantId, appId, appKey } = app;
    return { kind: 'app_signature', tenantId, appId, appKey, checkedAt };
  }
}

/** The current key first; during a rotation the staged one and the previous one as well. */
function acceptedKeys({ current, next, previous }: LiveKeys): string[] {
  return [current, next, previous].filter((key) => key !== null);
}

function signatureInvalid(): DomainError {
  return new DomainError('signature_invalid', 'The X-App headers do not fit the AppSecret and the body');
}
