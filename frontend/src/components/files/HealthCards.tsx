import { HEALTH_CARD_TYPE } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { showFiles, type ShownCard } from "../../lib/cards/content.ts";
import { useCardChecks } from "../../lib/cards/useCardChecks.ts";
import type { ShownFileProps } from "../../lib/files/source.ts";
import { useRead } from "../../lib/files/useRead.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { CardView } from "../cards/CardView.tsx";
import { IssuerKeys } from "../cards/IssuerKeys.tsx";
import { Resources } from "../cards/Resources.tsx";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { Loading } from "../Loading.tsx";

async function read(file: Blob) {
  const [bytes, validator] = await Promise.all([file.arrayBuffer(), loadValidator()]);
  const [shown] = await showFiles([{ contentType: HEALTH_CARD_TYPE, data: new Uint8Array(bytes) }], validator);
  return shown?.kind === "cards" ? shown : null;
}

/** What a file of SMART Health Cards says; of its signatures nothing until somebody gives the keys of the issuer. */
export default function HealthCards({ file }: ShownFileProps) {
  const { t } = useTranslation(["viewer", "files"]);
  const { value, error } = useRead(file, read);
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (value === undefined) return <Loading what={t("files:showing")} />;
  if (value === null) return <p className="mb-0">{t("noCards")}</p>;
  return (
    <>
      <Cards cards={value.cards} />
      {value.unreadable > 0 && <p className="ck-2">{t("card.unreadable", { count: value.unreadable })}</p>}
    </>
  );
}

function Cards({ cards }: { readonly cards: readonly ShownCard[] }) {
  const now = useNow();
  const { byIssuer, check } = useCardChecks(cards.map(({ card }) => card));
  const issuers = [...new Set(cards.map(({ card }) => card.issuer))];
  return (
    <>
      {cards.map((shown, place) => (
        <CardView
          key={place}
          shown={shown}
          check={byIssuer.get(shown.card.issuer)?.checks.get(shown.card.jws)}
          time={now}
        >
          <Resources shown={shown} />
        </CardView>
      ))}
      {issuers.map((issuer) => (
        <IssuerKeys key={issuer} issuer={issuer} source={byIssuer.get(issuer)?.source} onCheck={check} mayAsk={false} />
      ))}
    </>
  );
}
