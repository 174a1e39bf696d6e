import { describe, expect, it } from 'vitest';
import { createWebhookRequestSchema } from '@im/contracts/api/webhooks';
import {
  faultsOfBeforeForm,
  isSameBefore,
  toBeforeForm,
  toBeforeSettings,
  type BeforeForm,
} from './before-form.js';

const settings = {
  events: ['message.sent', 'openim.callbackBeforeCreateGroupCommand'],
  deadlineMs: 800,
  onFailure: 'deny',
} as const;
const saved = () => ({ ...settings, events: [...settings.events] });

describe('the form of before-callbacks', () => {
  it('gives back what it was filled from', () => {
    expect(toBeforeSettings(toBeforeForm(saved()))).toEqual(saved());
    expect(toBeforeSettings(toBeforeForm(null))).toBeNull();
  });

  it('keeps what was typed while it is switched off, and sends none of it', () => {
    const form = { ...toBeforeForm(saved()), isOn: false };
    expect(form.events).toEqual(settings.events);
    expect(toBeforeSettings(form)).toBeNull();
    expect(faultsOfBeforeForm({ ...form, events: [], deadlineMs: null })).toEqual({});
  });

  it.each<[what: string, change: Partial<BeforeForm>, faults: object]>([
    ['no event', { events: [] }, { events: true }],
    ['a family', { events: ['message.*'] }, { events: true }],
    ['a name with a blank', { events: ['message sent'] }, { events: true }],
    ['no deadline', { deadlineMs: null }, { deadlineMs: true }],
    ['a short deadline', { deadlineMs: 99 }, { deadlineMs: true }],
    ['a long deadline', { deadlineMs: 4_001 }, { deadlineMs: true }],
    ['the shortest deadline', { deadlineMs: 100 }, {}],
    ['the longest deadline', { deadlineMs: 4_000 }, {}],
  ])('with %s has the faults that the API would find', (_what, change, faults) => {
    const form = { ...toBeforeForm(saved()), ...change };
    expect(faultsOfBeforeForm(form)).toEqual(faults);
    const request = {
      url: 'https://example.com/',
      before: { ...settings, events: form.events, deadlineMs: form.deadlineMs },
    };
    expect(createWebhookRequestSchema.safeParse(request).success).toBe(Object.keys(faults).length === 0);
  });

  it('is the same in any order of its events', () => {
    expect(isSameBefore(saved(), { ...saved(), events: saved().events.toReversed() })).toBe(true);
    expect(isSameBefore(saved(), { ...saved(), events: ['message.sent'] })).toBe(false);
    expect(isSameBefore(saved(), { ...saved(), onFailure: 'allow' })).toBe(false);
    expect(isSameBefore(saved(), null)).toBe(false);
    expect(isSameBefore(null, null)).toBe(true);
  });
});
