import { useTranslation } from "react-i18next";
import { useLocale } from "../../lib/i18n/useLocale.ts";

export interface NewerBlockProps {
  readonly head: bigint | undefined;
  /** The block as of which the page was read. */
  readonly opened: bigint | undefined;
  readonly onFollow: () => void;
}

/** Offers to read again once there are newer blocks; what is being read does not move by itself. */
export function NewerBlock({ head, opened, onFollow }: NewerBlockProps) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  if (head === undefined || opened === undefined || head <= opened) return null;
  return (
    <button type="button" className="btn btn-plain btn-sm mb-3" onClick={onFollow}>
      {t("newer", { number: head.toLocaleString(locale) })}
    </button>
  );
}
