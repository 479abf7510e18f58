import type { LinkChoice, RecordReference } from "@chartkey/sdk";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { ScopePicker } from "../../components/ScopePicker.tsx";
import { categoriesOf, recordCategories, withCategory, type CategoryMask } from "../../lib/format/categories.ts";
import { EntryPicker } from "./EntryPicker.tsx";

const FORMATS = ["ips", "bundle", "records"] as const;

/** What was picked so far. */
export interface Picked {
  readonly format: (typeof FORMATS)[number];
  readonly categories: CategoryMask;
  readonly records: readonly RecordReference[];
}

const EVERYTHING = recordCategories.reduce<CategoryMask>((mask, category) => withCategory(mask, category, true), 0);
/** A summary of all categories, and of none. */
export const SUMMARY: Picked = { format: "ips", categories: EVERYTHING, records: [] };
export const NOTHING: Picked = { ...SUMMARY, categories: 0 };

/** What a link is to open; null while nothing is picked. */
export function choiceOf({ format, categories, records }: Picked): LinkChoice | null {
  if (format === "records") return records.length === 0 ? null : { format, records };
  return categories === 0 ? null : { format, categories: categoriesOf(categories) };
}

interface ContentPickerProps {
  readonly value: Picked;
  readonly onChange: (value: Picked) => void;
}

/** What a link opens: a summary, what is current of some categories, or single entries. */
export function ContentPicker({ value, onChange }: ContentPickerProps) {
  const { t } = useTranslation("links");
  const id = useId();
  return (
    <>
      <fieldset>
        <legend className="form-label">{t("form.what")}</legend>
        {FORMATS.map((each) => (
          <div className="form-check mb-2" key={each}>
            <input
              type="radio"
              className="form-check-input"
              id={`${id}-${each}`}
              name={id}
              aria-describedby={`${id}-${each}-hint`}
              checked={value.format === each}
              onChange={() => onChange({ ...value, format: each })}
            />
            <label className="form-check-label" htmlFor={`${id}-${each}`}>
              {t(`format.${each}.name`)}
            </label>
            <div className="form-text" id={`${id}-${each}-hint`}>
              {t(`format.${each}.holds`)}
            </div>
          </div>
        ))}
      </fieldset>
      {value.format === "records" ? (
        <EntryPicker value={value.records} onChange={(records) => onChange({ ...value, records })} />
      ) : (
        <ScopePicker
          legend={t("form.categories")}
          value={value.categories}
          onChange={(categories) => onChange({ ...value, categories })}
        />
      )}
    </>
  );
}
