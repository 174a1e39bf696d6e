import { Global, Module } from '@nestjs/common';
import { LiveFeed } from './live-feed.js';

/** Makes {@link LiveFeed} injectable everywhere, so that any module can publish. */
@Global()
@Module({ providers: [LiveFeed], exports: [LiveFeed] })
export class LiveFeedModule {}
