/** Finds an answer once for all who ask the same at the same time or within a moment. */
export interface SharedAnswersLimits {
  /** How long an answer is given again once it was found. */
  keptMs: number;
  /** Answers kept; beyond them, one is shared only while it is looked for. */
  maxKept: number;
}

export class SharedAnswers<Answer> {
  private readonly answers = new Map<string, Promise<Answer>>();
  private kept = 0;

  constructor(private readonly limits: SharedAnswersLimits) {}

  /** @throws what the search throws; a failure is not kept */
  find(question: string, search: () => Promise<Answer>): Promise<Answer> {
    const known = this.answers.get(question);
    if (known) return known;
    const answer = this.search(question, search);
    this.answers.set(question, answer);
    return answer;
  }

  private async search(question: string, search: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await search();
      this.keep(question);
      return answer;
    } catch (error) {
      this.answers.delete(question);
      throw error;
    }
  }

  private keep(question: string): void {
    if (this.kept >= this.limits.maxKept) {
      this.answers.delete(question);
      return;
    }
    this.kept += 1;
    setTimeout(() => {
      this.kept -= 1;
      this.answers.delete(question);
    }, this.limits.keptMs).unref();
  }
}
