/** Quotes one argument: inside single quotes a shell changes nothing, so only the quote itself is escaped. */
export function shellQuote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
