import { describe, expect, it } from 'vitest';
import { isMaskedUrl, maskCallbackUrl, URL_MASK } from './mask-callback-url.js';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('maskCallbackUrl', () => {
  it.each([
    ['a plain receiver', 'https://im.example.com/callbacks/im', 'https://im.example.com/callbacks/im'],
    ['a port and an address', 'http://127.0.0.1:8080/hook', 'http://127.0.0.1:8080/hook'],
    ['no path at all', 'https://example.com', 'https://example.com'],
    ['n8n', `https://n8n.example.com/webhook/${UUID}`, 'https://n8n.example.com/webhook/****'],
    ['n8n with a name', 'https://n8n.example.com/webhook/orders', 'https://n8n.example.com/webhook/orders'],
    ['a short token behind hooks', 'https://x.example.com/hooks/abcde1', 'https://x.example.com/hooks/****'],
    ['a version behind hooks', 'https://x.example.com/hooks/v2/im', 'https://x.example.com/hooks/v2/im'],
    [
      'Zapier',
      'https://hooks.zapier.com/hooks/catch/123456/abcdef/',
      'https://hooks.zapier.com/hooks/catch/****/****/',
    ],
    [
      'Slack',
      'https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX',
      'https://hooks.slack.com/services/****/****/****',
    ],
    [
      'DingTalk',
      'https://oapi.dingtalk.com/robot/send?access_token=abc',
      'https://oapi.dingtalk.com/robot/send?access_token=****',
    ],
    [
      'Feishu',
      `https://open.feishu.cn/open-apis/bot/v2/hook/${UUID}`,
      'https://open.feishu.cn/open-apis/bot/v2/hook/****',
    ],
    [
      'WeCom',
      `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${UUID}`,
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=****',
    ],
    [
      'Discord',
      'https://discord.com/api/webhooks/1099511627776/aBcDeFg-hIj',
      'https://discord.com/api/webhooks/****/****',
    ],
    ['query values', 'https://example.com/im?user=ann&x=', 'https://example.com/im?user=****&x='],
    [
      'what is evidently harmless',
      'https://example.com/im?format=json&v=2&debug=true&env=prod',
      'https://example.com/im?format=json&v=2&debug=true&env=prod',
    ],
    [
      'a credential that looks harmless',
      'https://example.com/im?token=1',
      'https://example.com/im?token=****',
    ],
    ['a harmless name with a token', `https://example.com/im?v=${UUID}`, 'https://example.com/im?v=****'],
    ['a token instead of a name', `https://example.com/im?${UUID}`, 'https://example.com/im?****'],
    ['a flag', 'https://example.com/im?raw', 'https://example.com/im?raw'],
    ['credentials', 'https://ann:pass@example.com/im', 'https://****@example.com/im'],
    ['a fragment', 'https://example.com/im#secret', 'https://example.com/im#****'],
    ['no URL', 'not a url', 'not a url'],
  ])('%s', (_, url, masked) => {
    expect(maskCallbackUrl(url)).toBe(masked);
    // Masking twice hides nothing more.
    expect(maskCallbackUrl(masked)).toBe(masked);
    expect(isMaskedUrl(masked)).toBe(masked.includes(URL_MASK));
  });
});
