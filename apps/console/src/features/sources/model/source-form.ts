/** Converts a source to the form's fields, and the fields to requests. */
import { SOURCE_VERSIONS, type SourceKind } from '@im/contracts/api/source-constants';
import type { CreateSourceRequest, Source, UpdateSourceRequest } from '@im/contracts/api/sources';
import { externalIdOf, isExternalId } from '../../../shared/external-ids/external-id.js';

export interface SourceForm {
  kind: SourceKind;
  name: string;
  /** Addresses and ranges, separated by blanks, commas or line breaks. */
  allowedCidrs: string;
  externalId: string;
  version: string;
  grpcAuthority: string;
  address: string;
  botId: string;
  sdkAppId: string;
  /** The bot token or the authentication token; empty while editing: the saved one stays. */
  secret: string;
  isSecretRemoved: boolean;
}

export type SourceFault = 'sources.form.nameRequired' | 'sources.form.sdkAppIdFormat' | 'externalIds.invalid';

/** A source to add, with the name that most would give it. */
export function newSourceForm(kind: SourceKind, name: string): SourceForm {
  return {
    kind,
    name,
    allowedCidrs: '',
    externalId: '',
    version: SOURCE_VERSIONS[kind][0],
    grpcAuthority: '',
    address: '',
    botId: '',
    sdkAppId: '',
    secret: '',
    isSecretRemoved: false,
  };
}

export function toSourceForm({ kind, name, settings, allowedCidrs, externalId }: Source): SourceForm {
  return {
    ...newSourceForm(kind, name),
    allowedCidrs: allowedCidrs.join('\n'),
    externalId: externalId ?? '',
    version: settings.version ?? SOURCE_VERSIONS[kind][0],
    grpcAuthority: settings.grpcAuthority ?? '',
    address: settings.address ?? '',
    botId: settings.botId ?? '',
    sdkAppId: settings.sdkAppId ?? '',
  };
}

export function toCreateRequest(form: SourceForm): CreateSourceRequest {
  return { kind: form.kind, ...commonOf(form), settings: settingsOf(form) };
}

export function toUpdateRequest(form: SourceForm): UpdateSourceRequest {
  return { ...commonOf(form), settings: settingsOf(form) };
}

/** What is wrong before the server is asked, by JSON Pointer. */
export function faultsOf({ kind, name, sdkAppId, externalId }: SourceForm): Record<string, SourceFault> {
  const faults: Record<string, SourceFault> = {};
  if (name.trim() === '') faults['/name'] = 'sources.form.nameRequired';
  if (kind === 'tencent-im' && !/^\d*$/.test(sdkAppId.trim()))
    faults['/settings/sdkAppId'] = 'sources.form.sdkAppIdFormat';
  if (!isExternalId(externalId)) faults['/externalId'] = 'externalIds.invalid';
  return faults;
}

/** Whether the source has what sending as the bot needs. */
export function canSendMessages({ kind, settings }: Source): boolean {
  return kind === 'dootask' && Boolean(settings.address) && settings.hasBotToken === true;
}

export function hasSecret({ settings }: Source): boolean {
  return settings.hasBotToken === true || settings.hasAuthToken === true;
}

function commonOf({ name, allowedCidrs, externalId }: SourceForm) {
  return {
    name: name.trim(),
    allowedCidrs: allowedCidrs.split(/[\s,;，；]+/).filter(Boolean),
    externalId: externalIdOf(externalId),
  };
}

function settingsOf(form: SourceForm): Record<string, unknown> {
  const { secret, isSecretRemoved } = form;
  const given = isSecretRemoved ? null : secret.trim();
  switch (form.kind) {
    case 'openim':
      return { version: form.version };
    case 'wukongim':
      return { version: form.version, grpcAuthority: orNull(form.grpcAuthority) };
    case 'dootask': {
      const { address, botId } = form;
      return { address: orNull(address), botId: orNull(botId), ...(given !== '' && { botToken: given }) };
    }
    case 'tencent-im':
      return { sdkAppId: orNull(form.sdkAppId), ...(given !== '' && { authToken: given }) };
  }
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
