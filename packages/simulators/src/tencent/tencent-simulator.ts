/**
 * Plays Tencent Cloud Chat: one-to-one messages (C2C), as its documentation writes them
 * (https://www.tencentcloud.com/document/product/1047/34365 for the bodies, …/1047/34354 for URL and answer). Which headers it
 * sends is not documented.
 */
import { hash } from 'node:crypto';
import { lineOf } from '../people.js';
import type { Simulator, SimulatorOptions, Verdict } from '../simulator.js';
import { Tally } from '../tally.js';
import { HOST, LENGTH, WireClient, type WireAnswer } from '../wire-client.js';

export interface TencentOptions extends SimulatorOptions {
  sdkAppId?: string;
  /** Signs the requests, as its console's authentication does. */
  token?: string;
}

const BEFORE = 'C2C.CallbackBeforeSendMsg';
const AFTER = 'C2C.CallbackAfterSendMsg';
const SDK_APP_ID = '1400000000';
const TIMEOUT_MS = 2_000;
const CONNECTIONS = 100;
const MOST_UNDERWAY = 256;
const UINT32 = 2 ** 32;

export class TencentSimulator implements Simulator {
  readonly tally = new Tally();
  readonly beforeTally = new Tally();
  private readonly client: WireClient;
  private serial = 0;
  private underway = 0;

  constructor(private readonly options: TencentOptions) {
    this.client = new WireClient(options.url, { keptConnections: CONNECTIONS });
  }

  get isIdle(): boolean {
    return this.underway === 0;
  }

  async act(): Promise<void> {
    const serial = this.serial++;
    if (this.underway >= MOST_UNDERWAY) {
      this.tally.dropped += 1;
      return;
    }
    this.underway += 1;
    const message = this.messageOf(serial);
    if (!this.options.asksBefore || (await this.ask(message))) await this.tell(serial, message);
    this.underway -= 1;
  }

  close(): void {
    this.client.close();
  }

  /** It sends the message when it gets no answer that it understands. */
  private async ask(message: Record<string, unknown>): Promise<boolean> {
    const answer = await this.post(BEFORE, message);
    const verdict = verdictOf(answer);
    this.beforeTally.note(answer, isTaken(answer));
    this.options.onVerdict?.(verdict);
    return verdict.outcome === 'allowed';
  }

  private async tell(serial: number, message: Record<string, unknown>): Promise<void> {
    const outcome = { SendMsgResult: 0, ErrorInfo: 'send msg succeed', UnreadMsgNum: 1 };
    const answer = await this.post(AFTER, { ...message, ...outcome });
    this.tally.note(answer, isTaken(answer));
    if (isTaken(answer)) this.options.onStored?.(serial);
    else this.tally.dropped += 1;
  }

  private messageOf(serial: number): Record<string, unknown> {
    const { senderId, receiverId, text } = lineOf(serial);
    const nowMs = Date.now();
    const sequence = (nowMs + serial) % UINT32;
    const random = Math.floor(Math.random() * UINT32);
    const seconds = Math.floor(nowMs / 1_000);
    const content = this.options.contentOf?.(serial);
    return {
      From_Account: senderId,
      To_Account: receiverId,
      MsgSeq: sequence,
      MsgRandom: random,
      MsgTime: seconds,
      MsgKey: `${String(sequence)}_${String(random)}_${String(seconds)}`,
      MsgId: `144115${String(nowMs)}-${String(seconds)}-${String(random)}`,
      OnlineOnlyFlag: 0,
      MsgBody: [
        content
          ? {
              MsgType: 'TIMCustomElem',
              MsgContent: { Data: JSON.stringify(content), Desc: '', Ext: '', Sound: '' },
            }
          : { MsgType: 'TIMTextElem', MsgContent: { Text: text } },
      ],
      CloudCustomData: '',
      EventTime: nowMs,
    };
  }

  private post(command: string, message: Record<string, unknown>): Promise<WireAnswer> {
    const { sdkAppId = SDK_APP_ID, token } = this.options;
    const requestTime = String(Math.floor(Date.now() / 1_000));
    const query = new URLSearchParams({
      SdkAppid: sdkAppId,
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'Android',
      ...(token !== undefined && { RequestTime: requestTime, Sign: signOf(token, requestTime) }),
    });
    const { target } = this.client;
    return this.client.post({
      target: `${target}${target.includes('?') ? '&' : '?'}${query.toString()}`,
      headers: { Host: HOST, 'Content-Length': LENGTH, 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ CallbackCommand: command, ...message })),
      timeoutMs: TIMEOUT_MS,
    });
  }
}

function signOf(token: string, requestTime: string): string {
  return hash('sha256', `${token}${requestTime}`, 'hex');
}

interface Answer {
  ActionStatus?: unknown;
  ErrorCode?: unknown;
  ErrorInfo?: unknown;
}

function readAnswer({ text }: WireAnswer): Answer | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : null;
  } catch {
    return null;
  }
}

function isTaken(answer: WireAnswer): boolean {
  return answer.status === 200 && readAnswer(answer)?.ActionStatus === 'OK';
}

function verdictOf(answer: WireAnswer): Verdict {
  const { ErrorCode, ErrorInfo } = readAnswer(answer) ?? {};
  const code = typeof ErrorCode === 'number' ? ErrorCode : 0;
  const message = typeof ErrorInfo === 'string' ? ErrorInfo : '';
  return {
    command: BEFORE,
    outcome: code === 0 ? 'allowed' : 'denied',
    code,
    message,
    tookMs: answer.tookMs,
  };
}
