import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { ApiError } from '../http/api-error.js';
import { copyText } from './copy-text.js';
import ErrorNotice from './ErrorNotice.vue';

vi.mock('./copy-text.js', () => ({ copyText: vi.fn(() => Promise.resolve(true)) }));

const DETAIL = 'The email or the password is wrong';
const REQUEST_ID = '54c3a1f0-0000-7000-8000-000000000000';
const show = (code: 'invalid_credentials' | 'internal_error', status: number) =>
  mount(ErrorNotice, {
    props: { error: new ApiError({ code, status, detail: DETAIL, requestId: REQUEST_ID }) },
  });

it('says in Chinese what is wrong, and nothing in the words of the server', () => {
  const notice = show('invalid_credentials', 401);
  expect(notice.text()).toBe('邮箱或密码不正确');
  expect(notice.find('button').exists()).toBe(false);
});

it('keeps the request id for those who look into the logs, to be copied', async () => {
  const notice = show('internal_error', 500);
  expect(notice.text()).not.toContain(DETAIL);
  expect(notice.text()).not.toContain(REQUEST_ID);
  await notice.get('button').trigger('click');
  expect(copyText).toHaveBeenCalledWith(expect.stringContaining(REQUEST_ID));
});
