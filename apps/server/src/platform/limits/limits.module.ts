import { Global, Module } from '@nestjs/common';
import { LoopSlices } from './loop-slices.js';

/** What one tenant may make the process do, so that the others go on. */
@Global()
@Module({ providers: [LoopSlices], exports: [LoopSlices] })
export class LimitsModule {}
