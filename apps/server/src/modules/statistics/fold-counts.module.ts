import { Module } from '@nestjs/common';
import { FoldCountsRepository } from './data/fold-counts.repository.js';
import { FoldCountsService } from './fold-counts.service.js';

/** Wires the folding of counts, in every role, since any process may be the only one that runs. */
@Module({ providers: [FoldCountsRepository, FoldCountsService] })
export class FoldCountsModule {}
