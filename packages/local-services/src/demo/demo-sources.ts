/** Sets up a source of each kind in the demo's app at the first start, and finds their addresses again later. */
import type { CreateSourceRequest, RevealedSourceToken, Source } from '@im/contracts/api/sources';
import type { SimulatedKind } from '@im/simulators/simulator';
import type { AdminSession } from './admin-session.js';

export interface DemoSource {
  simulated: SimulatedKind;
  /** At the server itself, whatever its public address is. */
  url: string;
}

interface Recipe {
  simulated: SimulatedKind;
  body: CreateSourceRequest & { externalId: string };
}

const RECIPES: readonly Recipe[] = [
  { simulated: 'openim', body: { kind: 'openim', name: '演示 OpenIM Demo', externalId: 'demo-openim' } },
  {
    simulated: 'wukongim',
    body: { kind: 'wukongim', name: '演示 WuKongIM Demo', externalId: 'demo-wukongim' },
  },
  {
    simulated: 'dootask',
    body: {
      kind: 'dootask',
      name: '演示 DooTask 机器人 Demo bot',
      externalId: 'demo-dootask',
      settings: { botId: '9' },
    },
  },
  {
    simulated: 'tencent',
    body: { kind: 'tencent-im', name: '演示腾讯云 IM Tencent Demo', externalId: 'demo-tencent-im' },
  },
];

/** One that a person has deleted stays deleted, one that is paused stays paused. */
export async function findOrCreateDemoSources(
  session: AdminSession,
  serverUrl: string,
  appKey: string,
): Promise<DemoSource[]> {
  const path = `/apps/${appKey}/sources`;
  const existing = await session.call<Source[]>('GET', `${path}?limit=200`);
  const isFirstTime = existing.length === 0;
  const sources: DemoSource[] = [];
  for (const { simulated, body } of RECIPES) {
    const found = existing.find(({ externalId }) => externalId === body.externalId);
    if (!found && !isFirstTime) continue;
    const { url } = found
      ? await session.call<RevealedSourceToken>('POST', `${path}/${found.sourceId}/token/reveal`)
      : await session.call<Source>('POST', path, body);
    sources.push({ simulated, url: `${serverUrl}${new URL(url).pathname}` });
  }
  return sources;
}
