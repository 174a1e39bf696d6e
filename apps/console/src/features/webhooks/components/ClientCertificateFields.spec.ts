import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { Webhook } from '@im/contracts/api/webhooks';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import type { ClientCertificateForm } from '../model/webhook-form.js';
import ClientCertificateFields from './ClientCertificateFields.vue';

const certified = sampleWebhook({
  hasClientCertificate: true,
  clientCertificateSubject: 'callbacks.example',
  clientCertificateExpiresAt: '2027-03-04T05:06:07.000Z',
});

async function show(webhook: Webhook | null, given: Record<string, unknown> = {}) {
  const form: ClientCertificateForm = { certificate: '', key: '', isRemoved: false };
  const fields = mount(ClientCertificateFields, {
    props: { modelValue: form, webhook, errorAt: () => '', missing: null, ...given },
  });
  await flushPromises();
  return { fields, form };
}

describe('the client certificate', () => {
  it('is typed in as PEM, and says that its key is never shown again', async () => {
    const { fields, form } = await show(null);
    await fields.get('#webhook-certificate').setValue('CERT');
    await fields.get('#webhook-certificate-key').setValue('KEY');
    expect(form).toMatchObject({ certificate: 'CERT', key: 'KEY' });
    expect(fields.text()).toContain('不会再显示');
    expect(fields.find('[data-testid="remove-certificate"]').exists()).toBe(false);
  });

  it('that is set shows its subject and expiry, and can be removed', async () => {
    const { fields, form } = await show(certified);
    const current = fields.get('[data-testid="current-certificate"]');
    expect(current.text()).toContain('callbacks.example');
    expect(current.get('time').attributes('datetime')).toBe('2027-03-04T05:06:07.000Z');
    await fields.get('#webhook-certificate').setValue('CERT');
    await fields.get('[data-testid="remove-certificate"] input').setValue(true);
    expect(form).toEqual({ certificate: '', key: '', isRemoved: true });
  });

  it.each([
    ['certificate', '#webhook-certificate'],
    ['key', '#webhook-certificate-key'],
  ] as const)('without its %s says so next to it', async (missing, id) => {
    const { fields } = await show(null, { missing });
    await vi.waitFor(() => {
      const item = fields.findAll('.el-form-item').find((part) => part.find(id).exists());
      expect(item?.get('.el-form-item__error').text()).toBe('证书和私钥要一起填写');
    });
  });

  it('that the server refuses says why next to it', async () => {
    const errorAt = (pointer: string) => (pointer === '/clientCertificate/key' ? '私钥与证书不匹配' : '');
    const { fields } = await show(null, { errorAt });
    await vi.waitFor(() => {
      expect(fields.get('.el-form-item__error').text()).toBe('私钥与证书不匹配');
    });
  });
});
