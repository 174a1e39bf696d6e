import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import CopyButton from './CopyButton.vue';

/** What the fallback had selected when the browser was asked to copy. */
let copied: string | null = null;

function stubClipboard(clipboard: Partial<Clipboard> | undefined): void {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(clipboard as Clipboard);
}

function stubExecCommand(isAllowed: boolean): void {
  const execCommand = () => {
    copied = document.querySelector('textarea')?.value ?? null;
    return isAllowed;
  };
  Object.defineProperty(document, 'execCommand', { configurable: true, value: execCommand });
}

async function press(value: string): Promise<string> {
  const button = mount(CopyButton, {
    props: { value, label: 'AppKey', withText: true },
    attachTo: document.body,
  });
  await button.get('button').trigger('click');
  await flushPromises();
  const text = button.text();
  button.unmount();
  return text;
}

describe('CopyButton', () => {
  beforeEach(() => {
    copied = null;
    stubExecCommand(true);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    document.body.replaceChildren();
  });

  it('copies through the clipboard and confirms', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    stubClipboard({ writeText });
    expect(await press('ak_1')).toBe('已复制');
    expect(writeText).toHaveBeenCalledWith('ak_1');
    expect(copied).toBeNull();
  });

  it.each<[string, Partial<Clipboard> | undefined]>([
    ['the page is not served over HTTPS', undefined],
    ['permission is denied', { writeText: () => Promise.reject(new Error('denied')) }],
  ])('copies by selecting when %s, and leaves nothing behind', async (_, clipboard) => {
    stubClipboard(clipboard);
    expect(await press('ak_1')).toBe('已复制');
    expect(copied).toBe('ak_1');
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('does not claim to have copied when the browser refuses both ways', async () => {
    stubClipboard(undefined);
    stubExecCommand(false);
    expect(await press('ak_1')).toBe('复制');
  });

  it('says what it copies', () => {
    const button = mount(CopyButton, { props: { value: 'ak_1', label: 'AppKey' } });
    expect(button.get('button').attributes('aria-label')).toBe('复制 AppKey');
  });
});
