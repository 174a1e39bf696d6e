import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { AppOfPath, type AppRef } from '../access/app-of-path.js';
import { EXTERNAL_ID_PREFIX } from '../access/read-path.js';
import { isBoundToOtherApp, type Identity } from '../access/identity/domain/identity.js';
import { externalIdSchema } from '@im/contracts/api/common';
import { AppsRepository } from './data/apps.repository.js';
import { isAppKey } from './domain/app-key.js';
import { FindAppService } from './find-app.service.js';

export type { AppRef };

/** Finds the app that a path names, if the caller may see it. */
@Injectable()
export class ResolveAppService extends AppOfPath {
  constructor(
    private readonly findApp: FindAppService,
    private readonly apps: AppsRepository,
  ) {
    super();
  }

  /** @throws DomainError 404 when the caller's tenant has no such app, 403 when the caller is bound to another one */
  override async forCaller(identity: Identity, appKey: string): Promise<AppRef> {
    const app = isAppKey(appKey)
      ? await this.findApp.byKey(appKey, identity.checkedAt)
      : await this.byExternalId(identity, appKey);
    return openedTo(identity, app);
  }

  /**
   * Finds the app that a caller means without a path.
   *
   * @param named its AppKey or external id; absent: the app that the caller is bound to, or the tenant's oldest one
   * @throws DomainError as {@link forCaller}
   */
  async meantBy(identity: Identity, named: string | undefined): Promise<AppRef> {
    if (named !== undefined && isAppKey(named)) return this.forCaller(identity, named);
    if (named !== undefined) return this.forCaller(identity, EXTERNAL_ID_PREFIX + named);
    const boundTo = identity.kind === 'session' ? null : identity.appId;
    const app =
      boundTo === null ? await this.apps.findFirst(identity.tenantId) : await this.apps.findById(boundTo);
    return openedTo(identity, app);
  }

  /** @param text of a path: `ext:` and the id, or anything else, which names none */
  private async byExternalId({ tenantId }: Identity, text: string): Promise<AppRef | null> {
    if (!text.startsWith(EXTERNAL_ID_PREFIX)) return null;
    const externalId = externalIdSchema.safeParse(text.slice(EXTERNAL_ID_PREFIX.length));
    return externalId.success ? this.apps.findByExternalId(tenantId, externalId.data) : null;
  }
}

function openedTo(identity: Identity, app: AppRef | null | undefined): AppRef {
  if (app?.tenantId !== identity.tenantId) throw DomainError.notFound('app');
  if (isBoundToOtherApp(identity, app.appId)) {
    // Of other apps its holder, who is no member, learns nothing.
    if (identity.kind === 'portal') throw DomainError.notFound('app');
    throw new DomainError('forbidden', 'The token or signature used belongs to another app');
  }
  const { appId, tenantId, appKey, name } = app;
  const webhookIds = identity.kind === 'portal' ? identity.webhookIds : null;
  return { appId, tenantId, appKey, name, ...(webhookIds && { webhookIds }) };
}
