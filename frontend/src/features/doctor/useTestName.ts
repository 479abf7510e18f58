import { useEffect, useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import { findTest, type MeasureValues, type OfferedTest } from "./lib/measure.ts";

/** What a form of a measured value keeps: a common test by its code as well, whose name is another one in another language. */
export interface KeptMeasure {
  readonly typed: MeasureValues;
  readonly loinc: string | undefined;
}

/** What was kept, with a common test by its name of today. */
export function restoreMeasure(offered: readonly OfferedTest[], { typed, loinc }: KeptMeasure): MeasureValues {
  const known = offered.find(({ test }) => test.loinc === loinc);
  return known ? { ...typed, test: known.label } : typed;
}

/** Has a common test that was typed keep its meaning when the language is switched: its name follows. */
export function useTestName(form: UseFormReturn<MeasureValues>, offered: readonly OfferedTest[]): void {
  const before = useRef(offered);
  useEffect(() => {
    const { test, unit } = form.getValues();
    const was = findTest(before.current, test, unit);
    const now = was && offered.find((each) => each.test === was.test);
    if (now && now.name !== was.name) form.setValue("test", now.label);
    before.current = offered;
  }, [form, offered]);
}
