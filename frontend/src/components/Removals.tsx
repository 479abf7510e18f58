import type { RemovalReport as Removed } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "./Notice.tsx";
import { RemovalReport } from "./RemovalReport.tsx";

export interface RemovalsProps {
  readonly files: readonly Removed[];
  /** What to do when a store may still have a file. */
  readonly failedText: string;
  readonly onClose: () => void;
  /** What was done, in numbers; said in either case. */
  readonly sum?: string;
  /** What is so now. */
  readonly children: ReactNode;
}

/** The end of an action that removes files: what is so now, and what each store did. */
export function Removals({ files, failedText, onClose, sum, children }: RemovalsProps) {
  const { t } = useTranslation("control");
  const failed = files.some(({ outcome }) => outcome === "failed");
  return (
    <div className="d-grid gap-4">
      {failed ? (
        <Notice tone="warn" live="alert" title={t("removal.someFailed")}>
          <p>{failedText}</p>
          {sum && <p>{sum}</p>}
        </Notice>
      ) : (
        <Notice icon="checkCircle" live="status">
          <p>{children}</p>
          {sum && <p>{sum}</p>}
        </Notice>
      )}
      <RemovalReport files={files} />
      <div className="ck-actions">
        <button type="button" className="btn btn-plain" onClick={onClose}>
          {t("common:action.close")}
        </button>
      </div>
    </div>
  );
}
