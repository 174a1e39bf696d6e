/** What stays open for long has a place meanwhile: so many for each owner, so many in all. */
export interface MostPlaces {
  ofOwner: number;
  inAll: number;
}

export class Places {
  private readonly taken = new Map<string, number>();
  private inAll = 0;

  constructor(private readonly most: MostPlaces) {}

  /** @returns gives the place back, however often it is called; undefined when there is none */
  take(owner: string): (() => void) | undefined {
    const ofOwner = this.taken.get(owner) ?? 0;
    if (ofOwner >= this.most.ofOwner || this.inAll >= this.most.inAll) return undefined;
    this.taken.set(owner, ofOwner + 1);
    this.inAll += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.giveBack(owner);
    };
  }

  private giveBack(owner: string): void {
    this.inAll -= 1;
    const left = (this.taken.get(owner) ?? 0) - 1;
    if (left > 0) this.taken.set(owner, left);
    // Owners come and go.
    else this.taken.delete(owner);
  }
}
