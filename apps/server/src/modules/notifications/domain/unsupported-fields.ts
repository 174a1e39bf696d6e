/** Finds fields of a change that the kind of channel does not have. */
import {
  SIGNING_KINDS,
  type ChannelKind,
  type UpdateChannelRequest,
} from '@im/contracts/api/notification-channels';

export interface UnsupportedField {
  field: 'url' | 'secret' | 'email';
  message: string;
}

export function findUnsupportedFields(kind: ChannelKind, change: UpdateChannelRequest): UnsupportedField[] {
  const unsupported: UnsupportedField[] = [];
  const refuse = (field: UnsupportedField['field'], message: string) => unsupported.push({ field, message });
  if (kind === 'email' && change.url !== undefined) refuse('url', 'is not a field of an email channel');
  if (kind !== 'email' && change.email !== undefined) refuse('email', `is not a field of a ${kind} channel`);
  if (change.secret !== undefined && !SIGNING_KINDS.includes(kind)) {
    refuse('secret', `is not a field of a ${kind} channel`);
  } else if (kind === 'webhook' && change.secret === null) {
    refuse('secret', 'cannot be removed: a webhook channel is always signed');
  }
  return unsupported;
}
