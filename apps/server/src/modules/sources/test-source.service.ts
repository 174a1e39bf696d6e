/** Plays a recorded request of the source's kind through it, as if the IM server had sent it. */
import { Injectable } from '@nestjs/common';
import type { TestedSource } from '@im/contracts/api/sources';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { adapterFor } from './adapters.js';
import type { SourceRow } from './data/source.entity.js';
import { FindSourceService } from './find-source.service.js';
import { ReceiveRequestService } from './receive-request.service.js';

@Injectable()
export class TestSourceService {
  constructor(
    private readonly find: FindSourceService,
    private readonly receive: ReceiveRequestService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` when the kind has no such command */
  async play(row: SourceRow, command: string | undefined): Promise<TestedSource> {
    const adapter = adapterFor(row.kind);
    const source = await this.find.byRow(row);
    const request = adapter.sample(command, source.settings ?? {}, this.clock.now());
    if (!request) {
      throw DomainError.invalid({
        pointer: '/command',
        code: 'invalid_value',
        message: `is no command of ${row.kind} that can be played`,
      });
    }
    const { answer, ...received } = await this.receive.receiveTest(source, adapter, request);
    return {
      ...received,
      command: received.command ?? command ?? '',
      answerStatus: answer.status,
      answerBody: answer.body,
    };
  }
}
