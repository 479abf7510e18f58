import { Trans, useTranslation } from "react-i18next";
import type { Scope } from "../../components/CategoryPicker.tsx";
import { GAP } from "../../lib/format/gap.ts";
import { shortHex } from "../../lib/format/address.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import type { ListedDoctor } from "../../lib/hospitals/useDoctors.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";

export interface GrantSentenceProps {
  readonly doctor: ListedDoctor | undefined;
  readonly scope: Scope;
  /** Unix seconds. */
  readonly expiry: number | null;
  /** A delegate gives it, in the patient's name. */
  readonly forOther?: boolean;
}

/** What a grant says, in the first person; what is not chosen yet stands as three dots. */
export function GrantSentence({ doctor, scope: { read, write }, expiry, forOther = false }: GrantSentenceProps) {
  const { t } = useTranslation("access");
  const locale = useLocale();
  const words = useCategoryWords();
  const kind = read > 0 && write > 0 ? "both" : write > 0 ? "add" : "read";
  const values = {
    name: doctor ? (doctor.name ?? shortHex(doctor.account)) : GAP,
    hospital: doctor ? (doctor.hospitalName ?? t("common:standing.hospital", { id: doctor.hospital })) : GAP,
    read: read > 0 ? words(read) : GAP,
    write: words(write),
    until: expiry === null ? GAP : formatDateTime(expiry, locale),
  };
  return (
    <Trans
      t={t}
      i18nKey={`${forOther ? "delegateSentence" : "sentence"}.${kind}`}
      values={values}
      components={{ b: <strong /> }}
    />
  );
}
