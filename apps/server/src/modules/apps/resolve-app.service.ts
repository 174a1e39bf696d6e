import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { AppOfPath, type AppRef } from '../access/app-of-path.js';
import { isBoundToOtherApp, type Identity } from '../access/identity/domain/identity.js';
import { isAppKey } from './domain/app-key.js';
import { FindAppService } from './find-app.service.js';

export type { AppRef };

/** Finds the app that a path names, if the caller may see it. */
@Injectable()
export class ResolveAppService extends AppOfPath {
  constructor(private readonly findApp: FindAppService) {
    super();
  }

  /** @throws DomainError 404 when the caller's tenant has no such app, 403 when the caller is bound to another one */
  override async forCaller(identity: Identity, appKey: string): Promise<AppRef> {
    const app = isAppKey(appKey) ? await this.findApp.byKey(appKey, identity.checkedAt) : undefined;
    if (app?.tenantId !== identity.tenantId) throw DomainError.notFound('app');
    if (isBoundToOtherApp(identity, app.appId)) {
      throw new DomainError('forbidden', 'The token or signature used belongs to another app');
    }
    return { appId: app.appId, tenantId: app.tenantId, appKey: app.appKey, name: app.name };
  }
}
