import type { RecordCategory } from "../format/categories.ts";

/** Where a file may go, the likely one first: a result, a letter. All but visits, which hold what patients tell at a booking. */
export const fileCategories: readonly RecordCategory[] = [7, 2, 5, 3, 6, 4, 1, 9];
