/** Posts at a fixed schedule, whatever the answers, and measures from the planned instant to the answer. */
import { setTimeout as delay } from 'node:timers/promises';
import { LeanPoster, type PostAnswer, type PostTarget } from './lean-poster.js';

const TICK_MS = 1;

export interface PacedPosts {
  target: PostTarget;
  bodyOf: (sequence: number) => string;
  firstSequence: number;
  perSecond: number;
  warmUpMs: number;
  measuredMs: number;
}

export interface PacedMeasure {
  /** After the warm-up. */
  latenciesMs: number[];
  answers: PostAnswer[];
  /** Requests in all, warm-up included. */
  posted: number;
}

export async function postAtRate(plan: PacedPosts): Promise<PacedMeasure> {
  const poster = new LeanPoster(plan.target);
  const measure: PacedMeasure = { latenciesMs: [], answers: [], posted: 0 };
  const underway = new Set<Promise<void>>();
  const total = Math.round(((plan.warmUpMs + plan.measuredMs) * plan.perSecond) / 1_000);
  const startedAt = performance.now();
  const post = async (index: number, plannedAt: number): Promise<void> => {
    const answer = await poster.post(plan.bodyOf(plan.firstSequence + index));
    if (plannedAt - startedAt < plan.warmUpMs) return;
    measure.latenciesMs.push(performance.now() - plannedAt);
    measure.answers.push(answer);
  };
  while (measure.posted < total) {
    const now = performance.now();
    for (;;) {
      const plannedAt = startedAt + (measure.posted * 1_000) / plan.perSecond;
      if (plannedAt > now || measure.posted >= total) break;
      const posting = post(measure.posted++, plannedAt).then(() => void underway.delete(posting));
      underway.add(posting);
    }
    await delay(TICK_MS);
  }
  await Promise.all(underway);
  await poster.close();
  return measure;
}
