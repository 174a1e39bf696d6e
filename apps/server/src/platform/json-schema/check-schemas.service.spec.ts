import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { fullBudget } from './check-budget.js';
import { CheckSchemasService } from './check-schemas.service.js';
import type { SchemaQuestion } from './schema-messages.js';

vi.mock(import('node:child_process'), async (original) => ({ ...(await original()), fork: vi.fn() }));

const MAX_WAITING = 50;
const UNAVAILABLE: unknown = expect.objectContaining({ code: 'service_unavailable' });

let service: CheckSchemasService;

beforeEach(() => {
  service = new CheckSchemasService();
});
afterEach(() => {
  service.onModuleDestroy();
  vi.mocked(fork).mockReset();
});

/** What `fork` gives when the system has no file descriptor left. */
function withoutChannel(): ChildProcess {
  const child = Object.assign(new EventEmitter(), {
    connected: false,
    unref: () => undefined,
    kill: () => false,
  });
  process.nextTick(() => child.emit('error', Object.assign(new Error('spawn EMFILE'), { code: 'EMFILE' })));
  return child as unknown as ChildProcess;
}

/** @param ask handles a question */
function withChannel(ask: (question: SchemaQuestion, child: EventEmitter) => void): ChildProcess {
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    unref: () => undefined,
    kill: () => true,
    send: (question: SchemaQuestion) => {
      ask(question, child);
    },
  });
  return child as unknown as ChildProcess;
}

const answering = () =>
  withChannel(({ id, budget }, child) => {
    process.nextTick(() => child.emit('message', { id, faults: [], budget }));
  });

const check = (tenantId = 'one') => service.check(tenantId, '{}', '{}', fullBudget());

describe('checks of schemas in a child process', () => {
  it('are unavailable while the system has no file descriptor for its channel, and go on afterwards', async () => {
    vi.mocked(fork).mockImplementation(withoutChannel);
    const checks = await Promise.allSettled(Array.from({ length: MAX_WAITING }, () => check()));
    expect(checks).toEqual(Array(MAX_WAITING).fill({ status: 'rejected', reason: UNAVAILABLE }));
    vi.mocked(fork).mockImplementation(answering);
    await expect(check()).resolves.toEqual([]);
  });

  it('are unavailable while it cannot be started', async () => {
    vi.mocked(fork).mockImplementation(() => {
      throw Object.assign(new Error('spawn ENOMEM'), { code: 'ENOMEM' });
    });
    await expect(Promise.allSettled([check('one'), check('two')])).resolves.toEqual(
      Array(2).fill({ status: 'rejected', reason: UNAVAILABLE }),
    );
  });

  it('that are under way or wait are refused when this process stops, and so is what comes then', async () => {
    vi.mocked(fork).mockImplementation(() => withChannel(() => undefined));
    const checks = Promise.allSettled([check('one'), check('one'), check('two')]);
    service.onModuleDestroy();
    expect(await checks).toEqual(Array(3).fill({ status: 'rejected', reason: UNAVAILABLE }));
    await expect(check()).rejects.toBeInstanceOf(DomainError);
  });
});
