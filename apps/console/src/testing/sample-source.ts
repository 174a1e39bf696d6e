/** Makes a source and one of its requests as the API answers them, an OpenIM server that is well by default. */
import type { Source, SourceCounters, SourceHours, SourceRequestEntry } from '@im/contracts/api/sources';

export function sampleSource(overrides: Partial<Source> = {}): Source {
  return {
    sourceId: 's1',
    appKey: 'ak_1',
    kind: 'openim',
    name: '生产环境',
    enabled: true,
    url: 'https://im.example.com/in/openim/********',
    token: '********',
    tokenRotation: { isStaged: false, stagedAt: null, previousExpiresAt: null },
    settings: { version: 'main' },
    allowedCidrs: [],
    externalId: null,
    lastReceivedAt: '2026-11-21T08:00:00.000Z',
    counters: sampleCounters({ received: 12, accepted: 12 }),
    hours: sampleHours(),
    createdAt: '2026-11-20T08:00:00.000Z',
    updatedAt: '2026-11-20T08:00:00.000Z',
    createdBy: 'admin@example.com',
    ...overrides,
  };
}

export function sampleCounters(overrides: Partial<SourceCounters> = {}): SourceCounters {
  return { received: 0, accepted: 0, rejected: 0, notUnderstood: 0, failed: 0, ...overrides };
}

/** @param of numbers of the last hours, the newest last */
export function sampleHours(of: { accepted?: number[]; notAccepted?: number[] } = {}): SourceHours {
  const whole = (last: number[] = []) => [...Array<number>(24 - last.length).fill(0), ...last];
  return {
    from: '2026-11-20T08:00:00.000Z',
    accepted: whole(of.accepted),
    notAccepted: whole(of.notAccepted),
  };
}

export function sampleRequest(overrides: Partial<SourceRequestEntry> = {}): SourceRequestEntry {
  return {
    requestId: 'r1',
    receivedAt: '2026-11-21T08:00:00.000Z',
    method: 'POST',
    path: 'callbackAfterSendSingleMsgCommand',
    remoteAddress: '10.0.0.7',
    headers: { 'content-type': 'application/json; charset=utf-8', operationid: 'op-1' },
    body: '{"sendID":"u1","recvID":"u2","seq":9007199254740993}',
    isBase64: false,
    bodyBytes: 52,
    isBodyTruncated: false,
    outcome: 'accepted',
    command: 'callbackAfterSendSingleMsgCommand',
    detail: 'stored as message.sent',
    eventIds: ['e1'],
    answerStatus: 200,
    answerBody: '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}',
    durationMs: 3,
    ...overrides,
  };
}
