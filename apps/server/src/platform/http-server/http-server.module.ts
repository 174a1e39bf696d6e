import { Global, Module } from '@nestjs/common';
import { DrainHttpService } from './drain-http.service.js';
import { ForeignRoutes } from './foreign-routes.js';
import { FrameOrigins } from './frame-origins.js';

/** Wires the HTTP server of this process. */
@Global()
@Module({
  providers: [DrainHttpService, ForeignRoutes, FrameOrigins],
  exports: [DrainHttpService, ForeignRoutes, FrameOrigins],
})
export class IncomingHttpModule {}
