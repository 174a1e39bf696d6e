/** Keeps the form of a source: its fields, its faults, and saving it. */
import type { SourceKind } from '@im/contracts/api/source-constants';
import type { Source } from '@im/contracts/api/sources';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import {
  faultsOf,
  newSourceForm,
  toCreateRequest,
  toSourceForm,
  toUpdateRequest,
} from '../model/source-form.js';
import { createSource, updateSource } from '../sources.api.js';

const OWNERS = [
  '/name',
  '/allowedCidrs',
  '/externalId',
  '/settings/version',
  '/settings/grpcAuthority',
  '/settings/address',
  '/settings/botToken',
  '/settings/botId',
  '/settings/sdkAppId',
  '/settings/authToken',
];

interface SourceFormOptions {
  appKey: string;
  /** The one to edit; null adds one. */
  source: Source | null;
  /** Of one to add. */
  kind: SourceKind;
  /** A new one is answered with its whole address. */
  onSaved: (saved: Source) => void;
}

export function useSourceForm({ appKey, source, kind, onSaved }: SourceFormOptions) {
  const { t } = useText();
  const form = reactive(source ? toSourceForm(source) : newSourceForm(kind, t(`sources.kind.${kind}`)));

  /** Gives a new source of another kind that kind's name, unless a person has chosen one. */
  function chooseKind(next: SourceKind): void {
    const isOwnName = form.name !== t(`sources.kind.${form.kind}`);
    Object.assign(form, newSourceForm(next, isOwnName ? form.name : t(`sources.kind.${next}`)));
  }

  function faults(): Record<string, string> {
    return Object.fromEntries(Object.entries(faultsOf(form)).map(([pointer, fault]) => [pointer, t(fault)]));
  }

  async function send(): Promise<void> {
    onSaved(
      source === null
        ? await createSource(appKey, toCreateRequest(form))
        : await updateSource(source, toUpdateRequest(form)),
    );
  }

  return { form, chooseKind, ...useFormSubmission({ owners: OWNERS, faults, send }) };
}
