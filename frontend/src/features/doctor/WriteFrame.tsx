import type { ReceivedGrant } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { hasCategory, type RecordCategory } from "../../lib/format/categories.ts";
import { PatientFrame } from "./PatientFrame.tsx";

interface WriteFrameProps {
  readonly heading: string;
  /** Says that none of the categories may be added to. */
  readonly refused: string;
  readonly categories: readonly RecordCategory[];
  readonly children: (opened: {
    readonly grant: ReceivedGrant;
    readonly name: string;
    /** Those of the categories that the grant allows to add to. */
    readonly allowed: readonly RecordCategory[];
    /** Where the patient's chart is. */
    readonly chartPath: string;
  }) => ReactNode;
}

/** A page that adds to a patient's chart, for whom the patient lets do so. */
export function WriteFrame({ heading, refused, categories, children }: WriteFrameProps) {
  const { t } = useTranslation("doctor");
  return (
    <PatientFrame>
      {({ grant, name }) => {
        const chartPath = `/doctor/patients/${grant.patient}`;
        const allowed = categories.filter((category) => hasCategory(grant.write, category));
        return allowed.length > 0 ? (
          <section className="mt-4">
            <BackLink to={chartPath}>{t("frame.toChart")}</BackLink>
            <h2 className="mb-4">{heading}</h2>
            {children({ grant, name, allowed, chartPath })}
          </section>
        ) : (
          <div className="mt-4">
            <EmptyState
              kind="noPermission"
              title={refused}
              text={t("write.refusedText")}
              action={{ label: t("frame.toChart"), to: chartPath }}
            />
          </div>
        );
      }}
    </PatientFrame>
  );
}
