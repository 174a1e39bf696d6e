/** Maps recoveries: what a person asked for, how far it has come, and the lease of the worker that steps it. */
import type {
  RecoverableStatus,
  RecoveryReason,
  RecoveryState,
  RecoveryWait,
} from '@im/contracts/api/recoveries';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('recoveries')
export class RecoveryEntity {
  @PrimaryColumn('uuid', { name: 'recovery_id' })
  recoveryId!: string;

  @Column('uuid', { name: 'webhook_id' })
  webhookId!: string;

  @Column('uuid', { name: 'app_id' })
  appId!: string;

  /** Which deliveries are recovered. */
  @Column('text', { name: 'status_filter' })
  status!: RecoverableStatus;

  /** Only of these events; empty: of all. */
  @Column('text', { array: true })
  events!: string[];

  @Column('timestamptz', { name: 'from_at' })
  fromAt!: Date;

  @Column('timestamptz', { name: 'to_at' })
  toAt!: Date;

  @Column('integer', { name: 'rate_per_second' })
  ratePerSecond!: number;

  @Column('text')
  state!: RecoveryState;

  /** Why the service paused or ended it. */
  @Column('text', { nullable: true })
  reason!: RecoveryReason | null;

  @Column('text', { name: 'waiting_for', nullable: true })
  waitingFor!: RecoveryWait | null;

  /** The id up to which candidates were read. */
  @Column('uuid', { name: 'cursor_id' })
  cursorId!: string;

  @Column('uuid', { name: 'end_id' })
  endId!: string;

  /** All candidates were read. */
  @Column('boolean', { name: 'is_scanned', default: false })
  isScanned!: boolean;

  /** Candidates as counted at the start; null: not yet. */
  @Column('bigint', { nullable: true })
  total!: number | null;

  @Column('bigint', { default: 0 })
  scheduled!: number;

  @Column('bigint', { name: 'already_delivered', default: 0 })
  alreadyDelivered!: number;

  @Column('bigint', { name: 'already_pending', default: 0 })
  alreadyPending!: number;

  @Column('bigint', { name: 'already_repeated', default: 0 })
  alreadyRepeated!: number;

  @Column('bigint', { name: 'payload_expired', default: 0 })
  payloadExpired!: number;

  /** Without what recovery_tallies adds. */
  @Column('bigint', { default: 0 })
  succeeded!: number;

  @Column('bigint', { default: 0 })
  failed!: number;

  @Column('bigint', { default: 0 })
  canceled!: number;

  /** Up to when its rate has been used. */
  @Column('timestamptz', { name: 'paced_at', default: () => 'now()' })
  pacedAt!: Date;

  @Column('timestamptz', { name: 'stepped_at', default: () => 'now()' })
  steppedAt!: Date;

  @Column('bigint', { name: 'worked_ms', default: 0 })
  workedMs!: number;

  /** When a worker may step it: the end of a lease, or the next step. */
  @Column('timestamptz', { name: 'claimable_at', default: () => 'now()' })
  claimableAt!: Date;

  @Column('integer', { name: 'claim_number', default: 0 })
  claimNumber!: number;

  /** It has ended, and the outcomes of all its replays are counted. */
  @Column('boolean', { name: 'is_settled', default: false })
  isSettled!: boolean;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
