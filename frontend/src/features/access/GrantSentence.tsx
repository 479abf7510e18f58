import { Trans, useTranslation } from "react-i18next";
import type { Scope } from "../../components/CategoryPicker.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import type { ListedDoctor } from "../../lib/hospitals/useDoctors.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";

export interface GrantSentenceProps {
  readonly doctor: ListedDoctor;
  readonly scope: Scope;
  /** Unix seconds. */
  readonly expiry: number;
  /** A delegate gives it, in the patient's name. */
  readonly forOther?: boolean;
}

/** What a grant says, in the first person. */
export function GrantSentence({ doctor, scope: { read, write }, expiry, forOther = false }: GrantSentenceProps) {
  const { t } = useTranslation("access");
  const locale = useLocale();
  const words = useCategoryWords();
  const kind = read > 0 && write > 0 ? "both" : write > 0 ? "add" : "read";
  const values = {
    name: doctor.name ?? shortHex(doctor.account),
    hospital: doctor.hospitalName ?? t("common:standing.hospital", { id: doctor.hospital }),
    read: words(read),
    write: words(write),
    until: formatDateTime(expiry, locale),
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
