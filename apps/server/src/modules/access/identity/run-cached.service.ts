/** Runs handlers for callers that the cached configuration let in, so that a lone request needs no query before its own. */
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { AccessRule } from '@im/contracts/routes/route';
import type { FastifyRequest } from 'fastify';
import { ConfigurationChanged, ConfigVersion } from '../../../platform/database/config-version.js';
import { AppOfPath, type AppRef } from '../app-of-path.js';
import type { Identity } from './domain/identity.js';
import { FindCallerService } from './find-caller.service.js';

@Injectable()
export class RunCachedService {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly config: ConfigVersion,
    private readonly callers: FindCallerService,
  ) {}

  /**
   * Runs the work, and again as of now if it failed and the configuration is another one: whatever failed may have
   * failed for what was cached.
   *
   * @param work changes nothing unless the configuration is of the caller's version, see `IngestEventService`; it may
   *   throw ConfigurationChanged
   * @throws what the work throws; DomainError 401, 403, 404 when the caller is no longer let in
   */
  async run<T>(
    { caller, app, request }: { caller: Identity; app: AppRef; request: FastifyRequest },
    rule: AccessRule,
    work: (caller: Identity, app: AppRef) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(caller, app);
    } catch (error) {
      const { configVersion } = caller;
      if (configVersion === undefined) throw error;
      const hasChanged =
        error instanceof ConfigurationChanged || (await this.config.hasMovedFrom(configVersion));
      if (!hasChanged) throw error;
    }
    const present = await this.callers.findAgain(request, rule);
    const apps = this.moduleRef.get<AppOfPath>(AppOfPath, { strict: false });
    return work(present, await apps.forCaller(present, app.appKey));
  }
}
