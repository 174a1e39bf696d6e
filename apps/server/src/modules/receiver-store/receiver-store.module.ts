import { Module } from '@nestjs/common';
import { ReceivedRequestsRepository } from './data/received-requests.repository.js';
import { ReceiversRepository } from './data/receivers.repository.js';
import { ReceivedRequestsService } from './received-requests.service.js';
import { ReceiverAddressesService } from './receiver-addresses.service.js';

/** Wires the addresses of test receivers and what they got. Below webhooks, which check addresses here. */
@Module({
  providers: [
    ReceiversRepository,
    ReceivedRequestsRepository,
    ReceivedRequestsService,
    ReceiverAddressesService,
  ],
  exports: [ReceivedRequestsService, ReceiverAddressesService],
})
export class ReceiverStoreModule {}
