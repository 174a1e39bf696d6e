import { Module } from '@nestjs/common';
import { BeforeLogRepository } from './data/before-log.repository.js';
import { CallbackRepliesRepository } from './data/callback-replies.repository.js';
import { ClaimsRepository } from './data/claims.repository.js';
import { DeliveryLogRepository } from './data/delivery-log.repository.js';
import { DeliveryStatesRepository } from './data/delivery-states.repository.js';
import { EventStoreRepository } from './data/event-store.repository.js';
import { ExpiredPartitionsRepository } from './data/expired-partitions.repository.js';
import { ExpiredRowsRepository } from './data/expired-rows.repository.js';
import { SendNowRepository } from './data/send-now.repository.js';
import { TestDeliveriesRepository } from './data/test-deliveries.repository.js';

const REPOSITORIES = [
  BeforeLogRepository,
  CallbackRepliesRepository,
  ClaimsRepository,
  DeliveryLogRepository,
  DeliveryStatesRepository,
  EventStoreRepository,
  ExpiredPartitionsRepository,
  ExpiredRowsRepository,
  SendNowRepository,
  TestDeliveriesRepository,
];

/** Wires the only writer of events, deliveries, attempts and their counts; every module may import its data/. */
@Module({ providers: REPOSITORIES, exports: REPOSITORIES })
export class DeliveryStoreModule {}
