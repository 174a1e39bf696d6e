import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from './host-resolver.js';

/** Wires the look-up of host names, with one cache and one bound for the whole process. */
@Global()
@Module({
  providers: [
    {
      provide: HostResolver,
      inject: [ENV],
      useFactory: (env: Env) => new HostResolver({ dnsServers: env.DNS_SERVERS }),
    },
  ],
  exports: [HostResolver],
})
export class DnsModule {}
