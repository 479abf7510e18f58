import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHospital } from "../lib/hospitals/useHospitals.ts";
import { usePrintOnArrival } from "../lib/print.ts";
import { Icon } from "./Icon.tsx";
import { PrescriptionPaper, type PrescriptionPaperProps } from "./PrescriptionPaper.tsx";

interface PaperPageProps extends PrescriptionPaperProps {
  /** More buttons, beside the one that prints. */
  readonly children?: ReactNode;
}

/** A prescription as it is printed; printing leaves out everything around the paper. */
export function PaperPage({ children, ...paper }: PaperPageProps) {
  const { t } = useTranslation("paper");
  const { isPending } = useHospital(paper.order.hospital);
  usePrintOnArrival(!isPending);
  return (
    <>
      <div className="ck-actions mt-4 mb-4">
        {children}
        <button type="button" className="btn btn-plain" onClick={() => window.print()}>
          <Icon name="printer" /> {t("print")}
        </button>
      </div>
      <PrescriptionPaper {...paper} />
    </>
  );
}
