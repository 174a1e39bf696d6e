/** Says whose pages may show a page of the console in a frame: none, unless a module names some. */
import { Injectable } from '@nestjs/common';

type FindOrigins = (path: string) => readonly string[] | Promise<readonly string[]>;

@Injectable()
export class FrameOrigins {
  private find: FindOrigins = () => [];

  findBy(find: FindOrigins): void {
    this.find = find;
  }

  /** None also when they cannot be read now: the page itself is served anyway. */
  async of(path: string): Promise<readonly string[]> {
    try {
      return await this.find(path);
    } catch {
      return [];
    }
  }
}
