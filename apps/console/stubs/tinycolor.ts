/** Element Plus derives the shades of a button's own `color` with it; ours have types only. */
export function TinyColor(): never {
  throw new Error('buttons here have a type instead of a colour');
}
