import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { defer, firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Route } from '../access.decorators.js';
import { AuditInterceptor } from './audit.interceptor.js';
import type { AuditRecord, RecordAuditService } from './record-audit.service.js';
import type { RequestAudit } from './request-audit.js';

const webhookId = '019a0000-0000-7000-8000-00000000000a';
const identity = { kind: 'api_token', name: 'CI' };
const standard = { identity, appKey: 'ak_1', targetId: webhookId, ipAddress: '192.0.2.1' };

class Handlers {
  @Route(webhookRoutes.revealSecret)
  reveal(): Promise<never> {
    return new Promise(() => undefined);
  }
}

/** Steps in the order in which they happened. */
async function run(
  handle: (audit: RequestAudit, steps: unknown[]) => unknown,
  record: (entry: AuditRecord) => Promise<void> = () => Promise.resolve(),
): Promise<unknown[]> {
  const steps: unknown[] = [];
  const request = {
    identity,
    appOfPath: { appKey: 'ak_1' },
    params: { appKey: 'ak_1', webhookId: webhookId.toUpperCase() },
    ip: '192.0.2.1',
  } as { audit?: RequestAudit };
  const context = {
    getHandler: () => Reflect.get(Handlers.prototype, 'reveal') as object,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  const next: CallHandler = {
    handle: () => defer(() => Promise.resolve(request.audit).then((audit) => audit && handle(audit, steps))),
  };
  const records = {
    record: async (entry: AuditRecord) => {
      await record(entry);
      steps.push(entry);
    },
  } as RecordAuditService;
  await new AuditInterceptor(records)
    .intercept(context, next)
    .then((answer) => firstValueFrom(answer))
    .then(
      (answer) => steps.push({ answer }),
      (error: unknown) => steps.push({ error: (error as Error).message }),
    );
  return steps;
}

describe('the audit of a route', () => {
  it('is written after the handler and before the answer', async () => {
    const steps = await run((_, done) => {
      done.push('handled');
      return 'secret';
    });
    expect(steps).toEqual([
      'handled',
      { ...standard, action: 'webhook.secret_revealed' },
      { answer: 'secret' },
    ]);
  });

  it('says what the handler notes, entry by entry', async () => {
    const steps = await run((audit) => {
      audit.note({ detail: { a: 1 } });
      audit.note({ action: 'app.secret_revealed', targetId: undefined });
    });
    expect(steps.slice(0, 2)).toEqual([
      { ...standard, action: 'webhook.secret_revealed', detail: { a: 1 } },
      { ...standard, action: 'app.secret_revealed', targetId: undefined },
    ]);
  });

  it('has no entry when the handler says that nothing changed', async () => {
    expect(
      await run((audit) => {
        audit.skip();
      }),
    ).toEqual([{ answer: undefined }]);
  });

  it('has no entry when the handler fails', async () => {
    expect(await run(() => Promise.reject(new Error('no')))).toEqual([{ error: 'no' }]);
  });

  it('keeps what was done before the handler failed', async () => {
    const steps = await run((audit) => {
      audit.note();
      throw new Error('too late');
    });
    expect(steps).toEqual([{ ...standard, action: 'webhook.secret_revealed' }, { error: 'too late' }]);
  });

  it('is written once when the handler does not wait for the end', async () => {
    const steps = await run(async (audit, done) => {
      audit.note();
      await audit.record();
      done.push('slow work');
    });
    expect(steps).toEqual([
      { ...standard, action: 'webhook.secret_revealed' },
      'slow work',
      { answer: undefined },
    ]);
  });

  it('answers nothing that could not be recorded', async () => {
    const steps = await run(
      () => 'secret',
      () => Promise.reject(new Error('the log is away')),
    );
    expect(steps).toEqual([{ error: 'the log is away' }]);
  });
});
