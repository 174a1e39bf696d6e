import { describe, expect, it } from 'vitest';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { rebaseForm } from './rebase-form.js';
import { toUpdateRequest, toWebhookForm } from './webhook-form.js';

const base = sampleWebhook();

describe('a form whose webhook another member changed', () => {
  it('takes their values where nothing was typed', () => {
    const fresh = sampleWebhook({ revision: 2, name: 'theirs', timeoutMs: 3_000 });
    const { form, contested } = rebaseForm(toWebhookForm(base), base, fresh);
    expect(form).toEqual(toWebhookForm(fresh));
    expect(contested).toEqual([]);
  });

  it('keeps what was typed, which then changes nothing else', () => {
    const fresh = sampleWebhook({ revision: 2, name: 'theirs' });
    const typed = { ...toWebhookForm(base), url: 'https://example.com/mine', secret: 'new' };
    const { form, contested } = rebaseForm(typed, base, fresh);
    expect(form).toMatchObject({ name: 'theirs', url: 'https://example.com/mine', secret: 'new' });
    expect(contested).toEqual([]);
    expect(toUpdateRequest(form, fresh)).toEqual({ url: 'https://example.com/mine', secret: 'new' });
  });

  it('names what both changed, and keeps the typed', () => {
    const fresh = sampleWebhook({ revision: 2, name: 'theirs', events: ['friend.*'] });
    const typed = { ...toWebhookForm(base), name: 'mine', events: ['friend.*'] };
    const { form, contested } = rebaseForm(typed, base, fresh);
    expect(form.name).toBe('mine');
    expect(contested).toEqual(['name']);
  });
});
