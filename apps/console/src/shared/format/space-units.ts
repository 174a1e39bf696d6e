/** Separates numbers from Chinese units, which `Intl` writes without a space: `27秒钟前` becomes `27 秒钟前`. */
export function spaceUnits(text: string): string {
  return text.replaceAll(/(?<=\d)(?=\p{Script=Han})/gu, ' ');
}
