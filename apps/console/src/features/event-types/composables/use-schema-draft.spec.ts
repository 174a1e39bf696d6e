import { expect, it } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { newField } from '../model/schema-draft.js';
import { useSchemaDraft } from './use-schema-draft.js';

function start(schema: unknown) {
  const text = ref(JSON.stringify(schema, null, 2));
  const isFaulty = ref(false);
  const draft = effectScope().run(() => useSchemaDraft(text, isFaulty))!;
  return { text, isFaulty, ...draft, names: () => draft.draft.value?.fields.map(({ name }) => name) };
}

it('fields and text follow each other', async () => {
  const { text, names, change, draft } = start({ properties: { id: {} } });
  change([...draft.value!.fields, newField('amount')]);
  expect(JSON.parse(text.value)).toMatchObject({ properties: { id: {}, amount: { type: 'string' } } });
  text.value = text.value.replace('amount', 'total');
  await nextTick();
  expect(names()).toEqual(['id', 'total']);
});

it('what was changed in the text and undone again is in the fields', async () => {
  const { text, names, obstacle, change, draft } = start({ properties: { id: {} } });
  change([...draft.value!.fields, newField('amount')]);
  await nextTick();
  const written = text.value;
  text.value = written.slice(1);
  await nextTick();
  expect(obstacle.value).toBe('treeNeedsJson');
  text.value = written;
  await nextTick();
  expect(obstacle.value).toBeNull();
  expect(names()).toEqual(['id', 'amount']);
});

it('the text waits while a name is given twice', () => {
  const { text, isFaulty, faulty, change, draft } = start({ properties: { id: {} } });
  const before = text.value;
  change([...draft.value!.fields, newField('id')]);
  expect([isFaulty.value, faulty.value.size, text.value]).toEqual([true, 1, before]);
  change(draft.value!.fields.slice(0, 1));
  expect(isFaulty.value).toBe(false);
});
