/** Keeps addresses and tokens in a file that only its owner reads. */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

export interface Profile {
  url: string;
  token: string;
  /** The AppKey that commands use unless told otherwise. */
  app?: string;
}

interface ProfileFile {
  profiles: Record<string, Profile>;
}

const OWNER_ONLY = 0o600;

export class Profiles {
  readonly file: string;

  constructor(env: NodeJS.ProcessEnv) {
    const base = env.XDG_CONFIG_HOME ?? path.join(env.HOME ?? homedir(), '.config');
    this.file = path.join(base, 'imcb', 'config.json');
  }

  async find(name: string): Promise<Profile | undefined> {
    return (await this.read()).profiles[name];
  }

  async save(name: string, profile: Profile): Promise<void> {
    const { profiles } = await this.read();
    await this.write({ profiles: { ...profiles, [name]: profile } });
  }

  /** @returns false: there is no such profile */
  async remove(name: string): Promise<boolean> {
    const { [name]: removed, ...profiles } = (await this.read()).profiles;
    if (removed) await this.write({ profiles });
    return removed !== undefined;
  }

  private async read(): Promise<ProfileFile> {
    try {
      return JSON.parse(await readFile(this.file, 'utf8')) as ProfileFile;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { profiles: {} };
      throw new Error(`${this.file}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  /** Replaced as a whole, so that a reader never sees half of it. */
  private async write(content: ProfileFile): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    const next = `${this.file}.${String(process.pid)}`;
    await writeFile(next, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY });
    await chmod(next, OWNER_ONLY);
    await rename(next, this.file);
  }
}
