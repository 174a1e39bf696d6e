/** Fields of a change that do not go with the kind of channel. */
import {
  SIGNING_KINDS,
  type ChannelKind,
  type UpdateChannelRequest,
} from '@im/contracts/api/notification-channels';

export interface Misfit {
  field: 'url' | 'secret' | 'email';
  message: string;
}

export function findMisfits(kind: ChannelKind, change: UpdateChannelRequest): Misfit[] {
  const misfits: Misfit[] = [];
  const refuse = (field: Misfit['field'], message: string) => misfits.push({ field, message });
  if (kind === 'email' && change.url !== undefined) refuse('url', 'is not a field of an email channel');
  if (kind !== 'email' && change.email !== undefined) refuse('email', `is not a field of a ${kind} channel`);
  if (change.secret !== undefined && !SIGNING_KINDS.includes(kind)) {
    refuse('secret', `is not a field of a ${kind} channel`);
  } else if (kind === 'webhook' && change.secret === null) {
    refuse('secret', 'cannot be removed: a webhook channel is always signed');
  }
  return misfits;
}
