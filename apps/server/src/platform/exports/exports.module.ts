import { Module } from '@nestjs/common';
import { StreamExportService } from './stream-export.service.js';

@Module({ providers: [StreamExportService], exports: [StreamExportService] })
export class ExportsModule {}
