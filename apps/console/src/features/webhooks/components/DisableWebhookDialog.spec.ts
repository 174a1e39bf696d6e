import { DOMWrapper, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pausedWebhook } from '../../../testing/sample-webhook.js';
import DisableWebhookDialog from './DisableWebhookDialog.vue';

const page = () => new DOMWrapper(document.body);

function ask(waiting: number) {
  const answer = vi.fn();
  const question = { webhook: pausedWebhook, waiting, answer };
  const dialog = mount(DisableWebhookDialog, { props: { question }, attachTo: document.body });
  return { answer, dialog };
}

let mounted: ReturnType<typeof ask>['dialog'] | undefined;

async function asked(waiting: number) {
  const { answer, dialog } = ask(waiting);
  mounted = dialog;
  await vi.waitFor(() => expect(page().find('[data-testid="disable-dialog"]').exists()).toBe(true));
  return answer;
}

afterEach(() => {
  mounted?.unmount();
  document.body.innerHTML = '';
});

describe('the question before a webhook is disabled', () => {
  it('names how many deliveries wait, and keeps them unless asked otherwise', async () => {
    const answer = await asked(130);
    expect(page().text()).toContain('130 条投递正在等待');
    await page().get('[data-testid="confirm-disable"]').trigger('click');
    expect(answer).toHaveBeenCalledWith('keep');
  });

  it('offers to cancel what waits, as something that cannot be undone', async () => {
    const answer = await asked(3);
    await page().get('[data-testid="disable-cancel-waiting"] input').setValue();
    const confirm = page().get('[data-testid="confirm-disable"]');
    expect(confirm.classes()).toContain('el-button--danger');
    await confirm.trigger('click');
    expect(answer).toHaveBeenCalledWith('cancel');
  });

  it('offers to pause instead', async () => {
    const answer = await asked(3);
    await page().get('[data-testid="pause-instead"]').trigger('click');
    expect(answer).toHaveBeenCalledWith('pause');
  });

  it('asks nothing about what waits when there is none', async () => {
    const answer = await asked(0);
    expect(page().find('[data-testid="disable-waiting"]').exists()).toBe(false);
    await page().get('[data-testid="confirm-disable"]').trigger('click');
    expect(answer).toHaveBeenCalledWith('keep');
  });
});
