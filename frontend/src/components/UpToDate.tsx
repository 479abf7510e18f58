import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../lib/i18n/useLocale.ts";

interface UpToDateProps {
  /** The block up to which the chain was read. */
  readonly block: bigint;
  /** What a page has to say of it; without, that nothing is missing. */
  readonly children?: ReactNode;
}

/** Says that nothing is missing, in words; and to whoever points at it, up to which block of the chain. */
export function UpToDate({ block, children }: UpToDateProps) {
  const { t } = useTranslation();
  return <span title={t("asOfBlock", { block: block.toLocaleString(useLocale()) })}>{children ?? t("asOf")}</span>;
}
