/** Tenants, users, sessions, roles, API tokens and the audit log: who calls, and may they? */
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import { AuditEntryEntity } from './data/audit-entry.entity.js';
import { RecordAuditService } from './record-audit.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryEntity])],
  providers: [AuditEntriesRepository, RecordAuditService],
  exports: [RecordAuditService],
})
export class AccessModule {}
