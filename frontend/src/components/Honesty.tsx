import { useTranslation } from "react-i18next";

export interface HonestyProps {
  /** What the action does, what it cannot do, and what stays on the chain. */
  readonly does: string;
  readonly cannot: string;
  readonly stays: string;
}

/** Before a signature: what it does, what it cannot do, and what stays. */
export function Honesty({ does, cannot, stays }: HonestyProps) {
  const { t } = useTranslation("control");
  return (
    <dl className="ck-def mb-4">
      <dt>{t("honesty.does")}</dt>
      <dd>{does}</dd>
      <dt>{t("honesty.cannot")}</dt>
      <dd>{cannot}</dd>
      <dt>{t("honesty.stays")}</dt>
      <dd>{stays}</dd>
    </dl>
  );
}
