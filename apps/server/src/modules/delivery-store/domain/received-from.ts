import type { ReceivedFrom } from '@im/contracts/api/received-from';
import type { SourceKind } from '@im/contracts/api/source-constants';

/** Who handed an event in, as it is read. */
export interface ReceivedFromRow {
  /** Such as `token:deploy`, as stored with the event. */
  receivedFrom: string | null;
  /** The source as it is now, or was when it was deleted; a source is stored by its id, since it may be renamed. */
  source: { name: string; kind: SourceKind; isDeleted: boolean } | null;
}

const KIND_OF_PREFIX: Readonly<Record<string, ReceivedFrom['kind']>> = {
  session: 'session',
  token: 'api_token',
  app: 'app_signature',
  source: 'source',
};

export function presentReceivedFrom({ receivedFrom: text, source }: ReceivedFromRow): ReceivedFrom {
  if (text === 'test') return { kind: 'test', name: null };
  const at = text?.indexOf(':') ?? -1;
  const kind = text === null ? undefined : KIND_OF_PREFIX[text.slice(0, Math.max(at, 0))];
  if (!kind || text === null) return { kind: 'unknown', name: null };
  const name = text.slice(at + 1);
  if (kind !== 'source') return { kind, name };
  const known = source && { sourceKind: source.kind, isSourceDeleted: source.isDeleted };
  return { kind, name: source?.name ?? null, sourceId: name, ...known };
}
