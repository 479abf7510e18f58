import { MAX_LINK_FILES, type RecordReference } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useResourceTitle } from "../../lib/chart/resourceTitle.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

interface EntryPickerProps {
  readonly value: readonly RecordReference[];
  readonly onChange: (value: readonly RecordReference[]) => void;
}

/** Entries that a link can open: FHIR, or a file that is small enough, that holds, and that the patient does not hide. */
const isLinkable = ({ resource, file, withheldSince, standing, part }: ChartItem): boolean =>
  (resource !== undefined || (file !== undefined && file.size <= MAX_LINK_FILES)) &&
  withheldSince === undefined &&
  standing.state !== "superseded" &&
  part === 0;

const isSame = (left: RecordReference, right: RecordReference): boolean =>
  left.recordId === right.recordId && left.index === right.index;

/** Single entries of the chart. */
export function EntryPicker({ value, onChange }: EntryPickerProps) {
  const { t } = useTranslation(["links", "records"]);
  const locale = useLocale();
  const titleOf = useResourceTitle();
  const { data, error, refetch } = useChart(usePatientAccount());
  if (error) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (!data) return <Loading />;
  const items = data.items.filter(isLinkable);
  return (
    <fieldset>
      <legend className="form-label">{t("form.entries")}</legend>
      {items.length === 0 && <p className="ck-2">{t("form.noEntries")}</p>}
      <div className="ck-scroll">
        {items.map(({ key, recordId, index, resource, summary, file }) => {
          const one = { recordId, index };
          const date = summary?.date;
          return (
            <div className="form-check" key={key}>
              <label className="form-check-label">
                <input
                  type="checkbox"
                  className="form-check-input"
                  checked={value.some((chosen) => isSame(chosen, one))}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...value, one] : value.filter((chosen) => !isSame(chosen, one)))
                  }
                />
                <bdi>{resource && summary ? titleOf(resource, summary) : file?.title || t("records:type.file")}</bdi>
                {date && <span className="ck-2"> · {formatFhirDate(date, locale)}</span>}
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
