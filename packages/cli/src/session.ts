/** Connects a command with the service: which one, as whom, and for which app. */
import { Client, type ClientOptions } from '@im/client/client';
import { CliError, EXIT } from './exit-codes.js';
import type { Language } from './language.js';
import type { Output } from './output.js';
import { Profiles, type Profile } from './profiles.js';
import type { Texts } from './texts/en.js';

/** Options of every command. */
export interface GlobalOptions {
  profile?: string;
  url?: string;
  app?: string;
}

type CallSettings = Pick<ClientOptions, 'retries' | 'signal'>;

const DEFAULT_PROFILE = 'default';
const SHOWN_APPS = 5;

export class Session {
  readonly profiles: Profiles;
  options: GlobalOptions = {};
  /** Of the command: it is aborted when the command shall end. */
  signal: AbortSignal | undefined;
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    readonly text: Texts,
    readonly language: Language,
    readonly out: Output,
    env: NodeJS.ProcessEnv,
  ) {
    // An empty variable counts as absent.
    this.env = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    this.profiles = new Profiles(this.env);
  }

  get profileName(): string {
    return this.options.profile ?? this.env.IMCB_PROFILE ?? DEFAULT_PROFILE;
  }

  /** From the option or the environment; undefined: neither is set. */
  get givenUrl(): string | undefined {
    return this.options.url ?? this.env.IMCB_URL;
  }

  /** The environment wins over the file, so that CI needs no login. */
  async profile(): Promise<Profile> {
    const { IMCB_TOKEN, IMCB_APP } = this.env;
    const saved = await this.profiles.find(this.profileName);
    const url = this.givenUrl ?? saved?.url;
    // A saved token is only sent to the address it was saved with.
    const token = IMCB_TOKEN ?? (saved?.url === url ? saved?.token : undefined);
    if (url === undefined || token === undefined) {
      throw new CliError(EXIT.denied, this.text.errors.notLoggedIn(this.profileName));
    }
    const app = IMCB_APP ?? saved?.app;
    return { url, token, ...(app !== undefined && { app }) };
  }

  async client(options: CallSettings = {}): Promise<Client> {
    const { url, token } = await this.profile();
    return clientOf(url, token, this.text, { signal: this.signal, ...options });
  }

  /** The app that is named, saved, or the only one. */
  async appKey(client: Client): Promise<string> {
    const named = this.options.app ?? (await this.profile()).app;
    if (named !== undefined) return named;
    const apps: string[] = [];
    for await (const { appKey, name } of client.apps.list()) {
      apps.push(`${appKey} (${name})`);
      if (apps.length > SHOWN_APPS) break;
    }
    const [only, ...others] = apps;
    if (only === undefined) throw new CliError(EXIT.notFound, this.text.errors.noApp);
    if (others.length === 0) return only.split(' ')[0] ?? '';
    const shown = apps.slice(0, SHOWN_APPS).join(', ') + (apps.length > SHOWN_APPS ? ', …' : '');
    throw new CliError(EXIT.usage, this.text.errors.whichApp(shown));
  }

  /** The client, and the app of this command. */
  async inApp(options: CallSettings = {}): Promise<{ client: Client; appKey: string }> {
    const client = await this.client(options);
    return { client, appKey: await this.appKey(client) };
  }
}

/** @throws CliError when it is not a URL */
export function clientOf(url: string, token: string, text: Texts, options: CallSettings): Client {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CliError(EXIT.usage, text.errors.badUrl(url));
  return new Client({ url, token, ...options });
}
