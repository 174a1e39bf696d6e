import { describe, expect, it } from 'vitest';
import { SAMPLE_LANGUAGES, sampleNames, sampleOf } from './samples.js';

const FILLED_IN = { appKey: 'ak_1', baseUrl: 'https://im.test' };

describe.each(SAMPLE_LANGUAGES)('the samples in %s', (language) => {
  it.each(sampleNames(language))('have a file for %s, without placeholders', (name) => {
    const { code } = sampleOf(language, name, FILLED_IN);
    expect(code.length).toBeGreaterThan(200);
    expect(code).not.toMatch(/ak_your_app_key|im\.example\.com/);
  });

  it('have a receiver where there is no kit', () => {
    const { code } = sampleOf(language, 'kit', FILLED_IN);
    expect(code === sampleOf(language, 'receive', FILLED_IN).code).toBe(
      !sampleNames(language).includes('kit'),
    );
  });

  it('name the app and the service in what they send', () => {
    const { code } = sampleOf(language, 'send', FILLED_IN);
    expect(code).toContain('ak_1');
    expect(code).toContain('https://im.test');
  });
});
