import { decodeInvitation } from "@chartkey/sdk";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { QrCode } from "../../components/QrCode.tsx";
import { Time } from "../../components/Time.tsx";
import type { ListLine } from "./lib/keptList.ts";
import { linkOf } from "./lib/links.ts";
import { useRoleName } from "./useRoleName.ts";

/** One card for each invitation, to be cut out and handed over; on paper alone. */
export function ListCards({ lines }: { readonly lines: readonly ListLine[] }) {
  return (
    <div className="ck-cards" aria-hidden="true">
      {lines.map((line) => (
        <ListCard key={line.invitation} line={line} />
      ))}
    </div>
  );
}

const ListCard = memo(function ListCard({ line }: { readonly line: ListLine }) {
  const { t } = useTranslation("hospital");
  const roleName = useRoleName();
  const { name, invitation = "" } = line;
  const { hospitalName, voucher } = decodeInvitation(invitation);
  return (
    <article>
      <QrCode value={linkOf(invitation, window.location.origin)} label={t("card.code")} />
      <div>
        <p className="ck-strong mb-1">
          <bdi>{name}</bdi>
        </p>
        <p className="mb-1">
          <bdi>{hospitalName}</bdi>
          {t("common:comma")}
          {roleName(line)}
        </p>
        <p className="mb-1">
          {t("card.ends")}: <Time seconds={voucher.expiry} />
        </p>
        <p className="mb-0">{t("card.printed", { origin: window.location.origin })}</p>
      </div>
    </article>
  );
});
