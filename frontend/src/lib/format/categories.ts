/** Record categories as in docs/protocol.md; bit `n` of a mask stands for category `n`, bit 0 for none. */
export const recordCategories = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export type RecordCategory = (typeof recordCategories)[number];

/** A set of categories as the contracts keep it (uint16). */
export type CategoryMask = number;

/** Whether the mask holds the category. */
export function hasCategory(mask: CategoryMask, category: RecordCategory): boolean {
  return (mask & (1 << category)) !== 0;
}

/** The mask with the category put in or taken out. */
export function withCategory(mask: CategoryMask, category: RecordCategory, present: boolean): CategoryMask {
  return present ? mask | (1 << category) : mask & ~(1 << category);
}

/** The categories of a mask, ascending. */
export function categoriesOf(mask: CategoryMask): RecordCategory[] {
  return recordCategories.filter((category) => hasCategory(mask, category));
}
