/** Measures what a before-callback takes longer than asking the receiver directly. */
import { postAtRate, type PacedMeasure } from '../load/paced-posts.js';
import { sampleData } from '../load/sample-event.js';
import { quantile } from '../report/quantile.js';
import type { CaseResult, Figure } from '../report/case-result.js';
import { cpuSecondsPer1000, type Window } from './load-window.js';
import type { Scene } from './scene.js';

const PER_SECOND = 300;
const EVENT = 'message.sent';
const CONVERSATIONS = 1_000;
const CONNECTIONS = 256;

export async function runBefore(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.receiver.plan([{ behaviour: { kind: 'allow' } }]);
  const receiverUrl = new URL(scene.receiver.urlOf(0));
  await scene.createWebhook({ url: receiverUrl.href, before: { events: [EVENT] } });
  const pace = { perSecond: PER_SECOND, ...window };
  const bodyOf = (sequence: number): string => `{"data":${sampleData(sequence, CONVERSATIONS)}}`;
  const direct = await postAtRate({
    target: {
      origin: receiverUrl.origin,
      path: receiverUrl.pathname,
      headers: {},
      connections: CONNECTIONS,
    },
    ...{ bodyOf, firstSequence: 0, ...pace },
  });
  const { apiUrl, appKey, token } = scene.loadTarget;
  const cpuBefore = await scene.cpuSeconds();
  const asked = await postAtRate({
    target: {
      origin: apiUrl,
      path: `/api/v1/apps/${appKey}/before/${EVENT}`,
      headers: { authorization: `Bearer ${token}` },
      connections: CONNECTIONS,
    },
    ...{ bodyOf, firstSequence: direct.posted, ...pace },
  });
  const cpuAfter = await scene.cpuSeconds();
  return {
    name: 'before',
    figures: figuresOf(direct, asked),
    integrity: null,
    cpuSecondsPer1000: cpuSecondsPer1000(cpuBefore, cpuAfter, asked.posted),
    notes: [],
  };
}

function figuresOf(direct: PacedMeasure, asked: PacedMeasure): Figure[] {
  const [directP50, directP99] = [0.5, 0.99].map((share) => quantile(direct.latenciesMs, share));
  const [askedP50, askedP99] = [0.5, 0.99].map((share) => quantile(asked.latenciesMs, share));
  return [
    { name: 'added latency p99', value: (askedP99 ?? 0) - (directP99 ?? 0), unit: 'ms', wanted: '<= 5' },
    { name: 'added latency p50', value: (askedP50 ?? 0) - (directP50 ?? 0), unit: 'ms' },
    { name: 'p99 asked', value: askedP99 ?? 0, unit: 'ms' },
    { name: 'p99 direct', value: directP99 ?? 0, unit: 'ms' },
    { name: 'not decided by the receiver', value: undecided(asked), unit: '', wanted: '<= 0' },
  ];
}

function undecided({ answers }: PacedMeasure): number {
  return answers.filter(({ status, text }) => status !== 200 || !text.includes('"decidedBy":"receiver"'))
    .length;
}
