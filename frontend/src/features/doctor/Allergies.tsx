import { categories } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { gapsOf } from "../../lib/chart/gaps.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatList } from "../../lib/format/list.ts";
import { formatDate } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { allergiesOf, allergyAbsences } from "./lib/conflicts.ts";

interface AllergiesProps {
  /** Categories that the doctor may read, as the grant has them. */
  readonly read: number;
  /** The lines of the chart; undefined until it is read. */
  readonly items: readonly ChartItem[] | undefined;
}

/**
 * The allergies, and how far not seeing any can be relied on: none recorded, somebody recorded that none is known, the patient keeps
 * something back, the doctor has no access, or something could not be opened. Each is said by itself.
 */
export function Allergies({ read, items }: AllergiesProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  if (!hasCategory(read, categories.history))
    return <p className="ck-mark is-wait mb-0">{t("banner.allergiesNotShared")}</p>;
  if (!items) return null;
  const found = allergiesOf(items).flatMap(({ summary }) => summary?.title ?? []);
  const absent = allergyAbsences(items);
  return (
    <div className="d-grid gap-1">
      {found.length > 0 && (
        <p className="ck-allergy mb-0">
          <Icon name="exclamationCircle" />
          <span>
            <strong>{t("banner.allergies")}</strong> <bdi>{formatList(found, locale)}</bdi>
          </span>
        </p>
      )}
      {absent.map(({ key, summary, time }) => (
        <p key={key} className="ck-s ck-2 mb-0">
          {t("banner.absent", {
            date: summary?.date ? formatFhirDate(summary.date, locale) : formatDate(time, locale),
          })}{" "}
          <bdi>{summary?.title}</bdi>
        </p>
      ))}
      {found.length + absent.length === 0 && <p className="ck-s ck-2 mb-0">{t("banner.noAllergies")}</p>}
      {gapsOf(items, categories.history).map((gap) => (
        <p key={gap} className="ck-mark is-wait mb-0">
          {t(`banner.gap.${gap}`)}
        </p>
      ))}
    </div>
  );
}
