import { expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import { useLogSelection } from './use-log-selection.js';

it('chooses single ones, all shown, and none', () => {
  const { ids, isEmpty, toggle, toggleAll } = useLogSelection(() => '');
  toggle('a');
  toggle('b');
  toggle('a');
  expect([...ids.value]).toEqual(['b']);
  toggleAll(['a', 'b', 'c']);
  expect(ids.value.size).toBe(3);
  toggleAll(['a', 'b', 'c']);
  expect(isEmpty.value).toBe(true);
});

it('chooses what matches until single ones are changed', () => {
  const { isOfFilter, toggle, toggleAll, chooseMatching } = useLogSelection(() => '');
  toggleAll(['a']);
  chooseMatching();
  expect(isOfFilter.value).toBe(true);
  toggle('a');
  expect(isOfFilter.value).toBe(false);
});

it('ends when the log shows something else', async () => {
  const request = ref('all');
  const { isEmpty, toggle } = useLogSelection(() => request.value);
  toggle('a');
  request.value = 'failed';
  await nextTick();
  expect(isEmpty.value).toBe(true);
});
