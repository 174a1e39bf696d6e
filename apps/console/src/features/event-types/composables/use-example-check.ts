/** Checks the schema and the example of a form while a person types, off the main thread. */
import { watchDebounced } from '@vueuse/core';
import { onScopeDispose, ref, shallowRef } from 'vue';
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
    if (schemaFaultOf(schema) !== null) return (answer.value = null);
    isChecking.value = true;
    // A broken example leaves the schema to be checked.
    const found = await checker.check({ schema, example: exampleFaultOf(example) === null ? example : '{}' });
    if (own !== newest) return found;
    isChecking.value = false;
    return (answer.value = found);
  }

  watchDebounced([() => form.schema, () => form.example], () => void check(), {
    debounce: TYPING_PAUSE_MS,
    immediate: true,
  });
  onScopeDispose(() => {
    checker.stop();
  });

  return { answer, isChecking, check };
}
