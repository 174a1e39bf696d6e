import { Global, Module } from '@nestjs/common';
import { DrainHttpService } from './drain-http.service.js';
import { ForeignRoutes } from './foreign-routes.js';

/** Wires the HTTP server of this process. */
@Global()
@Module({ providers: [DrainHttpService, ForeignRoutes], exports: [DrainHttpService, ForeignRoutes] })
export class IncomingHttpModule {}
