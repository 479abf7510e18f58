import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { BackLink } from "../components/BackLink.tsx";
import { EmptyState } from "../components/EmptyState.tsx";
import { Title } from "../components/Title.tsx";
import { EntryView } from "../features/chart/EntryView.tsx";
import { useItemTitle } from "../lib/chart/useItemTitle.ts";
import { PatientFrame } from "../features/doctor/PatientFrame.tsx";

/** One entry of a chart that is shared with the doctor. */
export default function DoctorEntryRoute() {
  const { t } = useTranslation(["doctor", "chart"]);
  const { key } = useParams();
  const title = useItemTitle();
  return (
    <PatientFrame>
      {({ grant, chart }) => {
        const back = { label: t("frame.toChart"), to: `/doctor/patients/${grant.patient}` };
        const item = chart.items.find((candidate) => candidate.key === key);
        return (
          <div className="ck-narrow mt-4">
            <BackLink to={back.to}>{back.label}</BackLink>
            {item ? (
              <>
                <h2>
                  <Title resource={item.resource}>{title(item)}</Title>
                </h2>
                <EntryView item={item} items={chart.items} messagesPath={`${back.to}/messages`} />
              </>
            ) : (
              <EmptyState kind="noData" title={t("chart:gone.title")} text={t("chart:gone.text")} action={back} />
            )}
          </div>
        );
      }}
    </PatientFrame>
  );
}
