/** Defines a diagnosis: what a failure means and what helps, in both languages of the console. */
import { z } from 'zod';
import type { LocalizedText } from '../events/define.js';

export const localizedTextSchema = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'LocalizedText' });

export const diagnosisSchema = z
  .object({
    /** What happened, with what the attempt showed: names, dates, addresses, statuses. */
    cause: localizedTextSchema,
    /** What to do about it. */
    advice: localizedTextSchema,
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** Sentences in their order; what is undefined is left out. */
export function joined(...sentences: readonly (LocalizedText | undefined)[]): LocalizedText {
  const said = sentences.filter((sentence) => sentence !== undefined);
  return { zh: said.map(({ zh }) => zh).join(''), en: said.map(({ en }) => en).join(' ') };
}

/** A diagnosis with what one attempt showed: after the cause it explains, before the advice it sharpens. */
export function withFindings(
  { cause, advice }: Diagnosis,
  findings: { cause?: LocalizedText | undefined; advice?: LocalizedText | undefined },
): Diagnosis {
  return { cause: joined(cause, findings.cause), advice: joined(findings.advice, advice) };
}
