import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkConfig } from './check-config.js';
import { snippetOf } from './compose-snippet.js';
import { keysOf } from './keys.js';

const URL_OF_SOURCE = 'https://im.example.com/in/openim/token';

function read(version: string) {
  return parse(snippetOf(`${URL_OF_SOURCE}/`, version, {}).snippet) as Record<
    string,
    Record<string, unknown>
  >;
}

describe('the snippet', () => {
  it.each([
    ['main', 53],
    ['3.8', 48],
    ['3.7', 45],
  ] as const)('of %s has its %s events', (version, count) => {
    const { url, ...events } = read(version);
    expect(url).toBe(URL_OF_SOURCE);
    expect(Object.keys(events)).toHaveLength(count);
    expect(Object.keys(events).sort()).toEqual(
      keysOf(version)
        .map(({ key }) => key)
        .sort(),
    );
  });

  it.each(['main', '3.8', '3.7'])('of %s enables no before-event, and each message once', (version) => {
    const enabled = Object.entries(read(version)).filter(([, settings]) => settings.enable === true);
    const names = enabled.map(([name]) => name);
    expect(names.filter((name) => name.startsWith('before'))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(['afterSendSingleMsg', 'afterSendGroupMsg', 'afterJoinGroup']),
    );
    expect(names).not.toContain('afterMsgSaveDB');
  });

  it.each(['main', '3.8', '3.7'])('of %s has nothing wrong with it', (version) => {
    const { snippet } = snippetOf(URL_OF_SOURCE, version, {});
    expect(checkConfig(snippet, URL_OF_SOURCE)).toMatchObject([{ severity: 'ok' }]);
  });

  it('has the filters of each version', () => {
    expect(read('main').afterSendGroupMsg).toEqual({
      enable: true,
      timeout: 5,
      attentionIds: [],
      deniedTypes: [],
    });
    expect(read('3.8').afterSendSingleMsg).toEqual({
      ...{ enable: true, timeout: 5 },
      ...{ attentionIds: [], allowedTypes: [], deniedTypes: [] },
    });
    expect(read('3.7').afterSendSingleMsg).toEqual({ enable: true, timeout: 5 });
  });

  it('is of the version asked for, else of the source’s, else of the newest', () => {
    expect(snippetOf(URL_OF_SOURCE, '3.7', { version: '3.8' }).version).toBe('3.7');
    expect(snippetOf(URL_OF_SOURCE, undefined, { version: '3.8' }).version).toBe('3.8');
    expect(snippetOf(URL_OF_SOURCE, 'v9', {}).version).toBe('main');
  });
});
