/** Lists the adapters of all kinds. */
import type { SourceKind } from '@im/contracts/api/source-constants';
import { dootaskAdapter } from './dootask/dootask.adapter.js';
import { openimAdapter } from './openim/openim.adapter.js';
import type { SourceAdapter } from './source-kind.js';
import { tencentAdapter } from './tencent-im/tencent.adapter.js';
import { wukongimAdapter } from './wukongim/wukongim.adapter.js';

const ADAPTERS: Readonly<Record<SourceKind, SourceAdapter>> = {
  openim: openimAdapter,
  wukongim: wukongimAdapter,
  dootask: dootaskAdapter,
  'tencent-im': tencentAdapter,
};

export function adapterFor(kind: SourceKind): SourceAdapter {
  return ADAPTERS[kind];
}

/** @returns undefined: there is no such kind */
export function adapterOf(kind: string): SourceAdapter | undefined {
  return Object.hasOwn(ADAPTERS, kind) ? ADAPTERS[kind as SourceKind] : undefined;
}
