import { Global, Module } from '@nestjs/common';
import { LoopSlices } from './loop-slices.js';

/** Wires limits on the work of one tenant, so that the others go on. */
@Global()
@Module({ providers: [LoopSlices], exports: [LoopSlices] })
export class LimitsModule {}
