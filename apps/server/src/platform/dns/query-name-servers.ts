/**
 * Asks name servers for the addresses of one name. Each query has its own c-ares channel: it can be canceled alone,
 * uses no thread, and has its own source port.
 */
import { Resolver } from 'node:dns/promises';
import { LookUpError } from './look-up-error.js';

export interface FoundAddress {
  address: string;
  family: 4 | 6;
  ttlSeconds: number;
}

/** An unanswered query is repeated after this time, then after twice this time, and so on. */
const RESEND_AFTER_MS = 1_000;
const MAX_RESEND_AFTER_MS = 2_000;
const MAX_SENDS = 8;
/** If a server has not answered by then, the next one is asked too. */
const NEXT_SERVER_AFTER_MS = 1_000;
/** Some servers drop the queries of one family: how long to wait for it when the other one has addresses. */
const OTHER_FAMILY_WITHIN_MS = 250;
/** The same when the other one says that there is no such name, which some servers wrongly say for one family. */
const OTHER_FAMILY_OF_NO_NAME_WITHIN_MS = 2_000;

/** Cached addresses of one family. More could not be tried in time, and servers rotate their order. */
const MAX_ADDRESSES = 16;

const NO_SUCH_NAME: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME', 'EBADQUERY']);
const SILENT: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECANCELLED']);

/**
 * Asks the servers one after another, the next when one does not answer soon; the first definite answer decides.
 *
 * @param servers `address` or `address:port`, the preferred one first
 * @param signal cancels it
 * @returns the addresses and the server that answered
 * @throws LookUpError
 */
export function queryNameServers(
  name: string,
  servers: readonly string[],
  signal: AbortSignal,
): Promise<{ addresses: FoundAddress[]; server: string }> {
  const questions: Question[] = [];
  let next: NodeJS.Timeout | undefined;
  let isOver = false;
  let giveUp: () => void;
  const end = () => {
    // Canceled queries fail now, which must not start new ones.
    isOver = true;
    clearTimeout(next);
    signal.removeEventListener('abort', giveUp);
    for (const { resolver } of questions) resolver.cancel();
  };
  return new Promise<{ addresses: FoundAddress[]; server: string }>((resolve, reject) => {
    let failure = new LookUpError(name, 'ETIMEOUT');
    let failed = 0;
    const askNext = () => {
      clearTimeout(next);
      const server = servers[questions.length];
      if (server === undefined || isOver) return;
      next = setTimeout(askNext, NEXT_SERVER_AFTER_MS);
      const question = new Question(name, server);
      questions.push(question);
      question.ask().then(
        (addresses) => {
          resolve({ addresses, server });
        },
        (error: unknown) => {
          const lookUpError = error instanceof LookUpError ? error : new LookUpError(name, 'EAI_AGAIN');
          failed += 1;
          if (lookUpError.code === 'EAI_AGAIN') failure = lookUpError;
          if (lookUpError.code === 'ENOTFOUND') reject(lookUpError);
          else if (failed === servers.length) reject(failure);
          else if (failed === questions.length) askNext();
        },
      );
    };
    giveUp = () => {
      reject(failure);
    };
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    else askNext();
  }).finally(end);
}

/** One name, asked of one server: both families at once. */
class Question {
  readonly resolver = new Resolver({
    timeout: RESEND_AFTER_MS,
    maxTimeout: MAX_RESEND_AFTER_MS,
    tries: MAX_SENDS,
  });

  constructor(
    private readonly name: string,
    private readonly server: string,
  ) {}

  /** @throws LookUpError; another error when the server's address cannot be used */
  async ask(): Promise<FoundAddress[]> {
    this.resolver.setServers([this.server]);
    const v4 = settled(this.resolver.resolve4(this.name, { ttl: true }), 4);
    const v6 = settled(this.resolver.resolve6(this.name, { ttl: true }), 6);
    const answers = await firstEnough(v4, v6);
    const addresses = answers.flatMap((answer) => (Array.isArray(answer) ? answer : []));
    if (addresses.length > 0) return addresses;
    const codes = answers.filter((answer) => typeof answer === 'string');
    throw new LookUpError(this.name, worstOf(codes));
  }
}

/** Addresses, or the code of the error. */
type FamilyAnswer = FoundAddress[] | string;

async function settled(
  records: Promise<{ address: string; ttl: number }[]>,
  family: 4 | 6,
): Promise<FamilyAnswer> {
  try {
    return (await records)
      .slice(0, MAX_ADDRESSES)
      .map(({ address, ttl }) => ({ address, family, ttlSeconds: ttl }));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EAI_AGAIN';
  }
}

/** Both, or the one that decides when the other one does not come. */
async function firstEnough(v4: Promise<FamilyAnswer>, v6: Promise<FamilyAnswer>): Promise<FamilyAnswer[]> {
  const both = Promise.all([v4, v6]);
  const first = await Promise.race([v4, v6]);
  const isFound = Array.isArray(first) && first.length > 0;
  if (!isFound && first !== 'ENOTFOUND') return both;
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<FamilyAnswer[]>((resolve) => {
    const waitMs = isFound ? OTHER_FAMILY_WITHIN_MS : OTHER_FAMILY_OF_NO_NAME_WITHIN_MS;
    timer = setTimeout(resolve, waitMs, [first]);
  });
  try {
    return await Promise.race([both, enough]);
  } finally {
    clearTimeout(timer);
  }
}

/** No address of one family and an error for the other: the error counts, since it may be temporary. */
function worstOf(codes: readonly string[]): LookUpError['code'] {
  const troubles = codes.filter((code) => !NO_SUCH_NAME.has(code));
  if (troubles.length === 0 || codes.includes('ENOTFOUND')) return 'ENOTFOUND';
  return troubles.some((code) => !SILENT.has(code)) ? 'EAI_AGAIN' : 'ETIMEOUT';
}
