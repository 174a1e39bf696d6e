import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppOfPath, type AppRef } from './app-of-path.js';
import type { PathParameters } from './read-path.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The app that the path names, if the caller may see it. */
    appOfPath?: AppRef;
  }
}

/** Finds the app that a path names, before the handler's input is read. */
@Injectable()
export class FindAppOfPathGuard implements CanActivate {
  private apps: AppOfPath | undefined;

  constructor(private readonly moduleRef: ModuleRef) {}

  /** @throws DomainError 404 when the caller's tenant has no such app, 403 when the caller is bound to another one */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { appKey } = request.params as PathParameters;
    if (appKey === undefined || !request.identity) return true;
    this.apps ??= this.moduleRef.get<AppOfPath>(AppOfPath, { strict: false });
    request.appOfPath = await this.apps.forCaller(request.identity, appKey);
    return true;
  }
}
