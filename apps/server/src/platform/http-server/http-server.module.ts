import { Global, Module } from '@nestjs/common';
import { DrainHttpService } from './drain-http.service.js';

/** Wires the HTTP server of this process. */
@Global()
@Module({ providers: [DrainHttpService], exports: [DrainHttpService] })
export class IncomingHttpModule {}
