import { Global, Module } from '@nestjs/common';
import { LiveFeed } from './live-feed.js';

/** Makes {@link LiveFeed} injectable everywhere: whoever sees something happen may say so. */
@Global()
@Module({ providers: [LiveFeed], exports: [LiveFeed] })
export class LiveFeedModule {}
