/** What no kind's table has is an event with the original body, under a name that a webhook can subscribe to. */
import type { SourceKind } from '@im/contracts/api/source-constants';
import { MAX_EVENT_NAME_LENGTH, isEventName, isReservedName, wantsEvent } from '@im/contracts/events/names';
import { describe, expect, it } from 'vitest';
import { adapterFor } from './adapters.js';
import type { SourceRequest } from './source-kind.js';

/** How each kind names a command, with a body that it could have. */
const REQUESTS: Readonly<Record<SourceKind, (command: string) => Partial<SourceRequest>>> = {
  openim: (command) => ({ path: command, body: json({ callbackCommand: command, n: 1 }) }),
  wukongim: (command) => ({ query: `event=${encodeURIComponent(command)}`, body: json({ n: 1 }) }),
  dootask: (command) => ({ body: json({ event: command, n: 1 }) }),
  'tencent-im': (command) => ({
    query: new URLSearchParams({ CallbackCommand: command }).toString(),
    body: json({ CallbackCommand: command, n: 1 }),
  }),
};

const COMMANDS = [
  'callbackAfterTeaCommand',
  'Group.CallbackAfterTea',
  'tea.served',
  'toString',
  'x'.repeat(100),
];

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const CASES = (Object.keys(REQUESTS) as SourceKind[]).flatMap((kind) =>
  COMMANDS.map((command) => [kind, command] as const),
);

describe.each(CASES)('%s: %s', (kind, command) => {
  const request: SourceRequest = {
    ...{ method: 'POST', path: '', query: '', headers: {}, body: Buffer.alloc(0) },
    receivedAt: new Date('2026-11-30T10:00:00Z'),
    ...REQUESTS[kind](command),
  };

  it('is delivered as it came', () => {
    const reading = adapterFor(kind).read(request, {});
    const [event, ...others] = reading.kind === 'events' ? reading.events : [];
    expect(others).toEqual([]);
    expect(event?.payload).toBe(request.body.toString());
    const name = event?.event ?? '';
    expect(name).toBe(`${kind}.${command.slice(0, 80)}`);
    expect(isEventName(name) && isReservedName(name) && wantsEvent([`${kind}.*`], name)).toBe(true);
    expect(name.length).toBeLessThanOrEqual(MAX_EVENT_NAME_LENGTH);
  });
});
