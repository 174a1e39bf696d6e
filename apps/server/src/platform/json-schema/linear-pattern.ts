/** Matches untrusted regular expressions in linear time, by an engine without backtracking. */
import { RE2JS, RE2JSException } from 're2js';

const MAX_CHARACTERS = 500;
/** Instructions of the compiled pattern; the time a match takes grows with them. */
const MAX_INSTRUCTIONS = 1_000;

/** @throws PatternError */
export function compilePattern(pattern: string): LinearPattern {
  return new LinearPattern(pattern);
}

/** Why it cannot be matched; undefined when it can. */
export function patternFault(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

class PatternError extends Error {}

/** What ajv uses instead of a RegExp. */
export class LinearPattern {
  private readonly expression: RE2JS;
  /** Instructions; the time a match takes grows with them. */
  readonly size: number;

  constructor(private readonly pattern: string) {
    if (pattern.length > MAX_CHARACTERS) {
      throw new PatternError(`may have ${String(MAX_CHARACTERS)} characters`);
    }
    this.expression = compiled(pattern);
    this.size = this.expression.programSize();
    if (this.size > MAX_INSTRUCTIONS) {
      throw new PatternError('repeats too much: lower the counts in braces');
    }
  }

  /** Whether it matches anywhere in the text. */
  test(text: string): boolean {
    return this.expression.test(text);
  }

  /** The key by which ajv distinguishes patterns. */
  toString(): string {
    return `/${this.pattern}/`;
  }
}

function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const reason = error.message.replace(/^error parsing regexp: /, '');
    throw new PatternError(
      `is not a pattern this service can match (lookaround and backreferences are not supported): ${reason}`,
      { cause: error },
    );
  }
}
