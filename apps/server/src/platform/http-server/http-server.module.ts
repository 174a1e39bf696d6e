import { Global, Module } from '@nestjs/common';
import { DrainHttpService } from './drain-http.service.js';

/** What comes into this process. */
@Global()
@Module({ providers: [DrainHttpService], exports: [DrainHttpService] })
export class IncomingHttpModule {}
