import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { BackLink } from "../components/BackLink.tsx";
import { PatientFrame } from "../features/doctor/PatientFrame.tsx";
import { useAuthor } from "../features/doctor/useAuthor.ts";
import { Answer } from "../features/messages/Answer.tsx";
import { Conversation } from "../features/messages/Conversation.tsx";
import { Limits } from "../features/messages/Limits.tsx";
import { hasCategory } from "../lib/format/categories.ts";

/** One conversation about a patient, and the way to answer for whoever may add to it. */
export default function DoctorConversationRoute() {
  const { t } = useTranslation("messages");
  const { key = "" } = useParams();
  const author = useAuthor();
  return (
    <PatientFrame>
      {({ grant, chart, name }) => {
        const chartPath = `/doctor/patients/${grant.patient}`;
        const back = { label: t("back"), to: `${chartPath}/messages` };
        return (
          <section className="ck-narrow mt-4">
            <BackLink to={back.to}>{back.label}</BackLink>
            <Conversation
              chart={chart}
              messageKey={key}
              heading="h2"
              back={back}
              entryPath={({ key: entry }) => `${chartPath}/entry/${entry}`}
            >
              {(thread) => (
                <>
                  {hasCategory(grant.write, 9) ? (
                    <Answer chart={chart} thread={thread} whose="patient" subject={{ display: name }} author={author} />
                  ) : (
                    <p className="ck-2 ck-rule-t">{t("answer.refused")}</p>
                  )}
                  <Limits />
                </>
              )}
            </Conversation>
          </section>
        );
      }}
    </PatientFrame>
  );
}
