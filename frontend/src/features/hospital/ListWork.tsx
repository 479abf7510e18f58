import { Trans, useTranslation } from "react-i18next";
import { DataTable } from "../../components/DataTable.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { shortHex } from "../../lib/format/address.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { saveText } from "../../lib/download.ts";
import type { ActionState } from "../../lib/session/useAction.ts";
import { ForgetList } from "./ForgetList.tsx";
import type { InvitationList } from "./lib/keptList.ts";
import { linksCsv } from "./lib/links.ts";
import { ListCards } from "./ListCards.tsx";
import { useRoleName } from "./useRoleName.ts";

const phases = ["confirming"] as const;

type Runnable = ActionState & { readonly run: () => Promise<unknown>; readonly reset: () => void };

interface ListWorkProps {
  readonly hospital: ListedHospital;
  readonly list: InvitationList;
  readonly sign: Runnable;
  readonly drop: Runnable;
}

/** Signs for everybody of a list who is not invited yet, and hands out what was signed. */
export function ListWork({ hospital, list, sign, drop }: ListWorkProps) {
  const { t } = useTranslation("invitations");
  const roleName = useRoleName();
  const signed = list.filter(({ invitation }) => invitation !== undefined);
  const left = list.length - signed.length;
  const name = hospital.listing?.name ?? t("common:standing.hospital", { id: hospital.id });
  return (
    <>
      <div className="ck-stack mt-4 ck-noprint">
        <p className="mb-0 ck-strong" role="status">
          {t("progress", { signed: signed.length, count: list.length })}
        </p>
        {left > 0 && (
          <SignedAction
            sentence={
              <Trans t={t} i18nKey="sentence" values={{ count: left, hospital: name }} components={{ b: <strong /> }} />
            }
            limit={t("limit", { count: left })}
            label={t("sign", { count: left })}
            phases={phases}
            state={sign}
            onRun={() => void sign.run()}
            onReset={sign.reset}
          />
        )}
        {signed.length > 0 && (
          <section className="ck-rule-t">
            <h2>{t("handOut")}</h2>
            <p className="ck-measure">{t("handOutText")}</p>
            <div className="ck-actions">
              <button
                type="button"
                className={left > 0 ? "btn btn-plain" : "btn btn-primary"}
                onClick={() =>
                  void saveText("invitations.csv", () => Promise.resolve(linksCsv(signed, window.location.origin)))
                }
              >
                {t("save")}
              </button>
              <button type="button" className="btn btn-plain" onClick={() => window.print()}>
                {t("print")}
              </button>
            </div>
          </section>
        )}
        <DataTable
          caption={t("caption")}
          rows={list.map((line, index) => ({ ...line, index }))}
          rowKey={({ index }) => String(index)}
          columns={[
            { key: "name", header: t("head.name"), cell: (line) => <bdi>{line.name}</bdi> },
            { key: "role", header: t("head.role"), cell: (line) => roleName(line) },
            {
              key: "account",
              header: t("head.account"),
              cell: ({ account }) => (account ? <bdi dir="ltr">{shortHex(account)}</bdi> : t("anyWallet")),
            },
            {
              key: "state",
              header: t("state"),
              cell: ({ invitation }) => (
                <StatusBadge tone={invitation ? "ok" : "wait"}>{t(invitation ? "signed" : "unsigned")}</StatusBadge>
              ),
            },
          ]}
        />
        <ForgetList text={t("forgetText")} drop={drop} disabled={sign.running} />
      </div>
      <ListCards lines={signed} />
    </>
  );
}
