/** Plugs a source of each kind into an app and plays everything into them that real servers, proxies and mistakes send. */
import type { RevealedSourceToken, Source } from '@im/contracts/api/sources';
import { SOURCE_KINDS, type SourceKind } from '@im/contracts/api/source-constants';
import type { AppUnderTest } from './app-under-test.js';
import { playRecorded, recordedRequests } from './recorded-requests.js';

/** In the recorded requests of DooTask. */
const BODY_TOKENS = {
  'the bot token of a body': 'YIG8ANC8q2BOTTOKENEXAMPLE',
  'the user token of a body': 'YIG8ANC8q2USERTOKENEXAMPLE',
};
const SETTINGS_TOKENS = { botToken: 'TheBotTokenOfTheSettings', authToken: 'TheTokenOfTencentCallbacks' };

/** A word that a person wrote, which is stored, delivered and shown. */
export const WRITTEN = 'rhubarb-and-custard';

const FOLDERS: Partial<Record<SourceKind, string[]>> = {
  openim: ['openim/fixtures/recordings'],
  wukongim: ['wukongim/fixtures/v2', 'wukongim/fixtures/v3'],
  dootask: ['dootask/fixtures'],
};

export interface PluggedSource {
  kind: SourceKind;
  sourceId: string;
  /** The replaced one, the present one, and the next one: all are accepted. */
  tokens: string[];
}

/** @param botAddress of DooTask, which bots answer to */
export async function plugInSources(app: AppUnderTest, botAddress: string): Promise<PluggedSource[]> {
  const { botToken, authToken } = SETTINGS_TOKENS;
  const settings = {
    openim: {},
    wukongim: {},
    dootask: { address: botAddress, botToken, botId: '9' },
    'tencent-im': { authToken },
  };
  return Promise.all(
    SOURCE_KINDS.map(async (kind) => {
      const body = { kind, name: kind, settings: settings[kind] };
      const { sourceId, token } = await app.client.data<Source>('POST', `${app.base}/sources`, { body });
      const tokenPath = `${app.base}/sources/${sourceId}/token`;
      const stage = () => app.client.data<RevealedSourceToken>('POST', `${tokenPath}/stage`);
      const second = await stage();
      await app.client.data('POST', `${tokenPath}/activate`);
      const third = await stage();
      return { kind, sourceId, tokens: [token, second.token, third.token] };
    }),
  );
}

/** Everything that must appear nowhere, by what it is. */
export function secretsOf(sources: readonly PluggedSource[]): Record<string, string> {
  const tokens = sources.flatMap(({ kind, tokens }) =>
    tokens.map((token, index) => [`token ${String(index + 1)} of ${kind}`, token]),
  );
  return { ...BODY_TOKENS, ...SETTINGS_TOKENS, ...(Object.fromEntries(tokens) as Record<string, string>) };
}

/** @param url of the service */
export async function playEverything(url: string, sources: readonly PluggedSource[]): Promise<void> {
  for (const { kind, tokens } of sources) {
    const recorded = (FOLDERS[kind] ?? []).flatMap(recordedRequests);
    for (const [index, request] of recorded.entries()) {
      const token = tokens[index % tokens.length] ?? '';
      await playRecorded(`${url}/in/${kind}/${token}`, request);
    }
    await playMistakes(url, kind, tokens[1] ?? '');
  }
}

/** What proxies add, and what comes of addresses that were pasted wrongly. */
async function playMistakes(url: string, kind: SourceKind, token: string): Promise<void> {
  const path = `/in/${kind}/${token}`;
  const told = {
    referer: url + path,
    'x-original-uri': path,
    'x-forwarded-uri': `${path}/x`,
    'x-envoy-original-path': `${path}?x=1`,
    token: BODY_TOKENS['the bot token of a body'],
    authorization: `Bearer ${BODY_TOKENS['the user token of a body']}`,
    cookie: `token=${token}`,
  };
  const addresses = [
    path,
    `${path}?event=msg.notify`,
    `${path}?event=${token}&url=${encodeURIComponent(url + path)}`,
    `${path}${path}/callbackAfterUserOnlineCommand`,
    `${path}/${token}/?CallbackCommand=${token}`,
    `${path}%2Fx`,
    `${path}x`,
    `/in/${token}`,
    `/in/${token}/${kind}`,
    `/In/${kind}/${token}`,
    `/proxied${path}`,
  ];
  for (const address of addresses) {
    for (const body of [bodyOf(kind), '{"token":']) {
      await fetch(url + address, { method: 'POST', body, headers: told });
    }
  }
}

/** As programs in the place of the IM servers write it. */
function bodyOf(kind: SourceKind): string {
  const [botToken, userToken] = Object.values(BODY_TOKENS);
  if (kind !== 'dootask') return JSON.stringify({ CallbackCommand: 'x', text: WRITTEN, n: 1 });
  const user = { userid: 1, token: userToken };
  return JSON.stringify({
    ...{ event: 'message', dialog_id: 12, msg_id: 7, msg_uid: 1, bot_uid: 9, token: botToken },
    ...{ text: `${WRITTEN} ${String(botToken)} ${String(userToken)}`, msg_user: user },
  });
}
