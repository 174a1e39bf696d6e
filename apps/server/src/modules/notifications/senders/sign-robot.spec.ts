import { expect, it } from 'vitest';
import { feishuSignature, signDingtalkUrl } from './sign-robot.js';

const AT_MS = 1_763_712_000_999;

// Expected values computed with Python's hmac and base64 after the samples in the platforms' documentation.

it('signs for DingTalk in the query', () => {
  const url = new URL(
    signDingtalkUrl(
      'https://oapi.dingtalk.com/robot/send?access_token=t',
      'this is secret',
      1_763_712_000_000,
    ),
  );
  expect(Object.fromEntries(url.searchParams)).toEqual({
    access_token: 't',
    timestamp: '1763712000000',
    sign: 'hTyytj1cPPplCe58pbKNNhSN6IHZ3Y2upkjVCycYHjg=',
  });
  expect(url.search).toContain('sign=hTyytj1cPPplCe58pbKNNhSN6IHZ3Y2upkjVCycYHjg%3D');
});

it('signs for Feishu in the body, with seconds', () => {
  expect(feishuSignature('密钥 demo', AT_MS)).toEqual({
    timestamp: '1763712000',
    sign: 'JwxV6z0oz737ISEscUmy5EdcFk6708ObGKUSCVhyKeU=',
  });
});
