/** Checks the schema and the example of a form while a person types, off the main thread. */
import { useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { CheckAnswer } from '../model/check-example.js';
import { exampleFaultOf, schemaFaultOf, type EventTypeForm } from '../model/event-type-form.js';
import { ExampleChecker } from '../model/example-checker.js';

const TYPING_PAUSE_MS = 250;

const startWorker = () =>
  new Worker(new URL('../model/check-example.worker.ts', import.meta.url), { type: 'module' });

export function useExampleCheck(form: Readonly<Pick<EventTypeForm, 'schema' | 'example'>>) {
  const checker = new ExampleChecker(startWorker);
  /** null: there is nothing to say, since one of the texts is no JSON object. */
  const answer = shallowRef<CheckAnswer | null>(null);
  const isChecking = ref(false);
  let newest = 0;

  /** Resolves to what is known of the texts as they are now. */
  async function check(): Promise<CheckAnswer | null> {
    const own = (newest += 1);
    const { schema, example } = form;
    isChecking.value = schemaFaultOf(schema) === null;
    if (!isChecking.value) return (answer.value = null);
    // A broken example leaves the schema to be checked.
    const found = await checker.check({ schema, example: exampleFaultOf(example) === null ? example : '{}' });
    if (own !== newest) return found;
    isChecking.value = false;
    return (answer.value = found);
  }

  // Unlike a debounced watcher, a timer of the scope does not outlive it.
  const { start: checkSoon } = useTimeoutFn(() => void check(), TYPING_PAUSE_MS, { immediate: false });
  watch([() => form.schema, () => form.example], () => checkSoon(), { immediate: true });
  onScopeDispose(() => {
    checker.end();
  });

  return { answer, isChecking, check };
}
