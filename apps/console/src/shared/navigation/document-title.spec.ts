import { expect, it } from 'vitest';
import { effectScope, ref } from 'vue';
import { useDocumentTitle, useTitleSubject, useTitleSurroundings } from './document-title.js';

it('names what is shown, the innermost first, and removes it when it is gone', () => {
  const title = useDocumentTitle(
    () => 'Alerts',
    () => 'Console',
  );
  expect(title.value).toBe('Alerts · Console');

  const app = effectScope();
  const appName = ref('');
  app.run(() => {
    useTitleSurroundings(() => [appName.value]);
  });
  appName.value = 'Shop';
  expect(title.value).toBe('Alerts · Shop · Console');

  const page = effectScope();
  page.run(() => {
    useTitleSubject(() => ['Log', 'Orders']);
  });
  const drawer = effectScope();
  const opened = ref<string[]>([]);
  drawer.run(() => {
    useTitleSubject(() => opened.value);
  });
  expect(title.value).toBe('Log · Orders · Shop · Console');
  opened.value = ['message.sent failed', 'Orders'];
  expect(title.value).toBe('message.sent failed · Orders · Shop · Console');

  drawer.stop();
  page.stop();
  expect(title.value).toBe('Alerts · Shop · Console');
  app.stop();
  expect(title.value).toBe('Alerts · Console');
});
