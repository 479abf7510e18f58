import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { BackLink } from "../components/BackLink.tsx";
import { PatientFrame } from "../features/doctor/PatientFrame.tsx";
import { ChartMessages } from "../features/messages/ChartMessages.tsx";
import { hasCategory } from "../lib/format/categories.ts";

/** The conversations about one patient, as far as they are shared with the doctor. */
export default function DoctorMessagesRoute() {
  const { t } = useTranslation(["messages", "doctor"]);
  return (
    <PatientFrame>
      {({ grant, chart }) => {
        const chartPath = `/doctor/patients/${grant.patient}`;
        return (
          <section className="mt-4">
            <BackLink to={chartPath}>{t("doctor:frame.toChart")}</BackLink>
            <div className="ck-title">
              <h2>{t("title")}</h2>
              {hasCategory(grant.write, 9) && (
                <Link className="btn btn-plain" to={`${chartPath}/write/message`}>
                  {t("doctor:action.message")}
                </Link>
              )}
            </div>
            <ChartMessages
              chart={chart}
              path={`${chartPath}/messages`}
              entryPath={({ key }) => `${chartPath}/entry/${key}`}
            />
          </section>
        );
      }}
    </PatientFrame>
  );
}
