/** Keeps the fields of a schema next to its text: what is changed in the one is in the other at once. */
import { parseExactly } from '@im/contracts/exact-json';
import { computed, shallowRef, watch, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { laidOut, textFaultOf } from '../model/event-type-form.js';
import {
  faultyNames,
  readDraft,
  writeSchema,
  type FieldDraft,
  type SchemaDraft,
} from '../model/schema-draft.js';
import type { Json } from '../model/schema-rows.js';

/** More are too many to be edited one by one. */
const MAX_FIELDS = 200;

/** @param isFaulty is set while names in the tree cannot be written, so that the text has not followed */
export function useSchemaDraft(text: Ref<string>, isFaulty: Ref<boolean>) {
  const { locale } = useText();
  const draft = shallowRef<SchemaDraft | null>(null);
  /** What was last written from the tree, while the text is still that: it need not be read again. */
  let written = '';

  watch(
    text,
    (next) => {
      if (next === written) return;
      written = '';
      draft.value = read(next, locale.value);
      isFaulty.value = false;
    },
    { immediate: true },
  );

  const obstacle = computed(() => {
    if (draft.value && countFields(draft.value.fields) > MAX_FIELDS) return 'treeTooLarge' as const;
    if (draft.value) return null;
    return isObject(text.value) ? ('treeNeedsObject' as const) : ('treeNeedsJson' as const);
  });
  const faulty = computed(() => faultyNames(draft.value?.fields ?? []));

  function change(fields: FieldDraft[]): void {
    if (!draft.value) return;
    draft.value = { ...draft.value, fields };
    isFaulty.value = faulty.value.size > 0;
    if (isFaulty.value) return;
    written = laidOut(writeSchema(draft.value));
    text.value = written;
  }

  return { draft, obstacle, faulty, change, maxFields: MAX_FIELDS };
}

function read(text: string, locale: 'zh' | 'en'): SchemaDraft | null {
  return isObject(text) ? readDraft(parseExactly(text) as Json, locale) : null;
}

function isObject(text: string): boolean {
  return textFaultOf(text, Infinity) === null;
}

function countFields(fields: readonly FieldDraft[]): number {
  return fields.reduce((total, { fields: inside }) => total + 1 + countFields(inside), 0);
}
