import type { SignatureExplanation } from '@im/contracts/api/signature-explanation';
import { describe, expect, it } from 'vitest';
import { explainedLines, type ExplainedLine } from './explained-lines.js';

const EXPLANATION: SignatureExplanation = {
  scheme: 'x-app',
  verdict: 'invalid',
  summary: { zh: '', en: '' },
  canonicalString: 'AK_1\n123\nabc\nhash',
  expectedSignature: null,
  fittingKey: null,
  clockOffsetMs: 0,
  parts: [
    { part: 'appKey', status: 'wrong', value: 'AK_1' },
    { part: 'timestamp', status: 'ok', value: '123' },
    { part: 'nonce', status: 'warn', value: 'aBc' },
    { part: 'body', status: 'unknown', value: 'hash' },
    { part: 'key', status: 'unknown', value: null },
    { part: 'signature', status: 'wrong', value: '0aFF' },
  ],
  findings: [{ code: 'app_key_form', part: 'appKey', text: { zh: '大小写', en: 'case' } }],
};

const shown = ({ value }: ExplainedLine) =>
  value.map(({ text, isDifferent }) => (isDifferent ? `[${text}]` : text)).join('');

describe('explainedLines', () => {
  it('numbers the lines of the string and marks what no value of its kind may have', () => {
    const lines = explainedLines(EXPLANATION, 'ak_1', '');
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, null, null]);
    expect(lines.map(shown)).toEqual(['[AK]_1', '123', 'a[B]c', 'hash', '', '0a[FF]']);
    expect(lines[0]?.findings).toHaveLength(1);
    expect(lines.every(({ own }) => own === null)).toBe(true);
  });

  it('compares the signature with that of the secret given', () => {
    const lines = explainedLines({ ...EXPLANATION, expectedSignature: '0aee' }, 'AK_1', '');
    expect(shown(lines[5]!)).toBe('0a[FF]');
  });

  it('compares the string that a person signed line by line', () => {
    const lines = explainedLines(EXPLANATION, 'AK_1', 'AK_1\n12\nabc\nhash\n');
    expect(lines.map(({ status }) => status)).toEqual([
      'wrong',
      'wrong',
      'warn',
      'wrong',
      'unknown',
      'wrong',
    ]);
    expect(lines[1]?.own).toEqual([
      { text: '12', isDifferent: false },
      { text: '∅', isDifferent: true },
    ]);
    expect(lines[3]?.own).toEqual([
      { text: 'hash', isDifferent: false },
      { text: String.raw`\n`, isDifferent: true },
    ]);
  });

  it.each([
    ['the same string', 'AK_1\n123\naBc\nhash', ['wrong', 'ok', 'warn', 'unknown']],
    ['lines that are missing', 'AK_1', ['wrong', 'wrong', 'wrong', 'wrong']],
  ])('gives the status of each line for %s', (_, own, statuses) => {
    const lines = explainedLines({ ...EXPLANATION, canonicalString: 'AK_1\n123\naBc\nhash' }, 'AK_1', own);
    expect(lines.slice(0, 4).map(({ status }) => status)).toEqual(statuses);
  });

  it('compares with the headers that came when others are missing', () => {
    const parts = EXPLANATION.parts.map((part) =>
      part.part === 'nonce' ? { ...part, status: 'missing' as const, value: null } : part,
    );
    const incomplete = { ...EXPLANATION, verdict: 'incomplete' as const, canonicalString: null, parts };
    const lines = explainedLines(incomplete, 'AK_1', 'AK_1\n12\nabc\nhash');
    expect(lines.slice(0, 4).map(({ status }) => status)).toEqual(['wrong', 'wrong', 'missing', 'unknown']);
    expect(lines[2]?.own).toEqual([{ text: 'abc', isDifferent: false }]);
  });

  it('has no lines of other schemes', () => {
    const lines = explainedLines({ ...EXPLANATION, scheme: 'body-hmac' }, 'AK_1', 'x');
    expect(lines.every(({ number, own }) => number === null && own === null)).toBe(true);
  });
});
