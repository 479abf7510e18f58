/** Stands in a sentence for what is not chosen yet; three dots alone would run into the full stop. */
export const GAP = "[…]";
