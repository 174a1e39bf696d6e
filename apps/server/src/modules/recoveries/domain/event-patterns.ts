/** Event names and families such as `message.*` as patterns of SQL's LIKE; `_` and `%` stand for themselves in them. */
export function likePatternsOf(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => {
    const isFamily = pattern.endsWith('.*');
    const literal = (isFamily ? pattern.slice(0, -1) : pattern).replaceAll(/[\\%_]/g, String.raw`\$&`);
    return isFamily ? `${literal}%` : literal;
  });
}
