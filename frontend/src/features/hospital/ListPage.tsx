import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { ForgetList } from "./ForgetList.tsx";
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
  const { query, begin, sign, drop } = useInvitationList(hospital.id);
  const { data: list, error, refetch } = query;
  const isClosed = list === undefined && error !== null && errorCode(error).code === "LIST_NOT_OPENED";
  return (
    <Page title={t("title")} ownHeading>
      <div className="ck-noprint">
        <BackLink to="/hospital/invite">{t("back")}</BackLink>
        <h1 tabIndex={-1}>{t("title")}</h1>
      </div>
      {error && list === undefined && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {isClosed && (
        <div className="mt-4">
          <ForgetList text={t("forgetClosed")} drop={drop} />
        </div>
      )}
      {list === undefined && !error && <Loading />}
      {list === null && <ListInput hospital={hospital.id} state={begin} onRead={begin.run} />}
      {list && <ListWork hospital={hospital} list={list} sign={sign} drop={drop} />}
    </Page>
  );
}
