import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { ListInput } from "./ListInput.tsx";
import { ListWork } from "./ListWork.tsx";
import { OwnHospital } from "./OwnHospital.tsx";
import { useInvitationList } from "./useInvitationList.ts";

/** Invites many people by a list: read, signed one by one, and handed out as links or printed cards. */
export default function ListPage() {
  return <OwnHospital>{(hospital) => <People key={hospital.id} hospital={hospital} />}</OwnHospital>;
}

function People({ hospital }: { readonly hospital: ListedHospital }) {
  const { t } = useTranslation("invitations");
  const { query, keep, sign, drop } = useInvitationList(hospital.id);
  const { data: list, error, refetch } = query;
  return (
    <Page title={t("title")} ownHeading>
      <div className="ck-noprint">
        <BackLink to="/hospital/invite">{t("back")}</BackLink>
        <h1 tabIndex={-1}>{t("title")}</h1>
      </div>
      {error && list === undefined && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {list === undefined && !error && <Loading />}
      {list === null && <ListInput state={keep} onRead={(people) => void keep.run(people)} />}
      {list && <ListWork hospital={hospital} list={list} sign={sign} drop={drop} />}
    </Page>
  );
}
