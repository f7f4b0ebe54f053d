/**
 * A chat's history comes in blocks: seqs 1 to 50, 51 to 100 and so on. Seqs have no holes, so a block is the same
 * messages whoever asks for it, and any place of a chat of any length is one block away.
 */
export const BLOCK_SIZE = 50

/** The first seq of the block that a seq is in. */
export const blockOf = (seq: number): number => seq - ((Math.max(seq, 1) - 1) % BLOCK_SIZE)

/** The variables that a block is fetched and cached by. */
export const blockVariables = (chatId: string, fromSeq: number) => ({ chatId, first: BLOCK_SIZE, fromSeq })
