/** Splits the text of a stream of server-sent events into blocks, each of which an empty line ends. */

/** A batch is at most 100 events of 256 KiB, in base64. */
const MAX_CHARACTERS = 64 * 1_048_576;

export class EventBlocks {
  /** Joined only when a block ends: a large one comes in many pieces. */
  private pieces: string[] = [];
  private characters = 0;
  private isLineOver = false;

  /**
   * @param piece as it was read
   * @returns the blocks that it ends
   * @throws RangeError when a block is longer than any of the service
   */
  take(piece: string): string[] {
    if (piece === '') return [];
    const hasEnd = piece.includes('\n\n') || (this.isLineOver && piece.startsWith('\n'));
    this.isLineOver = piece.endsWith('\n');
    this.pieces.push(piece);
    this.characters += piece.length;
    if (!hasEnd) {
      if (this.characters > MAX_CHARACTERS) throw new RangeError('an event is too long');
      return [];
    }
    const blocks = this.pieces.join('').split('\n\n');
    const rest = blocks.pop() ?? '';
    this.pieces = [rest];
    this.characters = rest.length;
    return blocks;
  }
}
