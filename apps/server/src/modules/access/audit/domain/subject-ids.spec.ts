import { describe, expect, it } from 'vitest';
import { allSubjectIds, subjectIdsOf, type SubjectIds } from './subject-ids.js';

const ID = '018f0000-0000-7000-8000-000000000001';
const OTHER = '018f0000-0000-7000-8000-000000000002';
const NONE: SubjectIds = { webhooks: [], sources: [], deliveries: [], events: [], alerts: [] };

describe('the ids of what an audit entry is about', () => {
  it.each<[Parameters<typeof subjectIdsOf>[0], Partial<SubjectIds>]>([
    [{ action: 'webhook.updated', targetId: ID, detail: {} }, { webhooks: [ID] }],
    [{ action: 'source.updated', targetId: ID, detail: {} }, { sources: [ID] }],
    [{ action: 'delivery.redelivered', targetId: ID, detail: {} }, { deliveries: [ID] }],
    [{ action: 'event.revealed', targetId: ID, detail: {} }, { events: [ID] }],
    [{ action: 'alert.acknowledged', targetId: ID, detail: {} }, { alerts: [ID] }],
    [{ action: 'deliveries.exported', targetId: ID, detail: { format: 'csv' } }, { webhooks: [ID] }],
    [{ action: 'recovery.started', targetId: ID, detail: { webhookId: OTHER } }, { webhooks: [OTHER] }],
    [{ action: 'member.created', targetId: ID, detail: {} }, {}],
    [{ action: 'webhook.updated', targetId: 'ext:orders', detail: {} }, {}],
    [{ action: 'webhook.created', targetId: null, detail: { webhookId: 7 } }, {}],
  ])('of %j are %j', (entry, expected) => {
    expect(subjectIdsOf(entry)).toEqual({ ...NONE, ...expected });
  });

  it('are asked for once', () => {
    const entry = { action: 'webhook.updated', targetId: ID, detail: { webhookId: ID } } as const;
    expect(allSubjectIds([entry, entry])).toEqual({ ...NONE, webhooks: [ID] });
  });
});
