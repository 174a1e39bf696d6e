/** Plays DooTask's messages to a bot: one try, a new connection each, as a browser that it is not. */
import { lineOf } from '../people.js';
import type { Simulator, SimulatorOptions } from '../simulator.js';
import { Tally } from '../tally.js';
import { HOST, LENGTH, WireClient } from '../wire-client.js';
import { dootaskRequest, type DootaskMessage } from './dootask-body.js';

const BROWSER = 'Mozilla/5.0 (Windows NT 6.1; WOW64; rv:9.0.1) Gecko/20100101 Firefox/9.0.1';
const TIMEOUT_MS = 30_000;
const MOST_UNDERWAY = 256;
const FIRST_MESSAGE_ID = 3_456;
const BOT_ID = 9;
/** A text that begins with `@` is sent in another form, tokens included. */
const MENTION_EVERY = 10;
const VERSION = '1.4.20';

export class DootaskSimulator implements Simulator {
  readonly tally = new Tally();
  readonly beforeTally = new Tally();
  private readonly client: WireClient;
  private serial = 0;
  private underway = 0;

  constructor(private readonly options: SimulatorOptions) {
    this.client = new WireClient(options.url, { keptConnections: 0 });
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
    const { contentType, body, isLengthFirst } = dootaskRequest(messageOf(serial));
    const length = { 'Content-Length': LENGTH };
    const answer = await this.client.post({
      target: this.client.target,
      headers: {
        Host: HOST,
        'User-Agent': BROWSER,
        Accept: '*/*',
        ...(isLengthFirst && length),
        'Content-Type': contentType,
        ...(!isLengthFirst && length),
      },
      body,
      timeoutMs: TIMEOUT_MS,
    });
    this.underway -= 1;
    // It never looks at the status: whatever it gets, it does not try again.
    const isTaken = answer.status >= 200 && answer.status < 300;
    this.tally.note(answer, isTaken);
    if (isTaken) this.options.onStored?.(serial);
    else this.tally.dropped += 1;
  }

  close(): void {
    this.client.close();
  }
}

function messageOf(serial: number): DootaskMessage {
  const { senderId, nickname, groupId, text } = lineOf(serial);
  const nowSeconds = String(Math.floor(Date.now() / 1_000));
  const userId = senderId.slice(1);
  const isMention = serial % MENTION_EVERY === MENTION_EVERY - 1;
  return {
    fields: {
      event: 'message',
      text: isMention ? `@bot ${text}` : text,
      token: 'simulated-bot-token',
      session_id: '0',
      dialog_id: groupId === null ? userId : groupId.slice(1),
      dialog_type: groupId === null ? 'user' : 'group',
      msg_id: String(FIRST_MESSAGE_ID + serial),
      msg_uid: userId,
      mention: isMention ? '1' : '0',
      bot_uid: String(BOT_ID),
      extras: `{"timestamp":${nowSeconds}}`,
      version: VERSION,
      timestamp: nowSeconds,
    },
    user: {
      userid: userId,
      email: `${senderId}@example.com`,
      nickname,
      profession: '',
      lang: 'zh',
      token: 'simulated-user-token',
    },
  };
}
