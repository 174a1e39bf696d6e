/** Makes reproducible random choices from a seed. */

export interface Random {
  /** 0 (inclusive) to 1 (exclusive). */
  number: () => number;
  /** A whole number from 0 to below the limit. */
  below: (limit: number) => number;
  chance: (probability: number) => boolean;
  oneOf: <T>(choices: readonly [T, ...T[]] | readonly T[]) => T;
}

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed;
  const number = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(number() * limit);
  return {
    number,
    below,
    chance: (probability) => number() < probability,
    oneOf: (choices) => {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('There is nothing to choose from');
      return chosen;
    },
  };
}
