import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { isFollowed } from "../../lib/sent/log.ts";
import { type Sent, useSent } from "../../lib/sent/useSent.ts";
import { useSentWords } from "../../lib/sent/useSentWords.ts";

const PAGE = "/transactions";
const needsEyes = ({ state }: Sent) => state === "failed" || state === "replaced" || state === "dropped";

/**
 * Stands under the header while something is on its way that no form of this page follows, as after a reload; and says then what became
 * of it, until it is put away.
 */
export default function SentState() {
  const { t } = useTranslation("transactions");
  const { sent } = useSent();
  const words = useSentWords();
  const isThere = useLocation().pathname === PAGE;
  const [open, setOpen] = useState<readonly string[]>([]);
  const [putAway, setPutAway] = useState<readonly string[]>([]);
  const strangers = sent.filter(({ transaction: { hash } }) => !isFollowed(hash) && !putAway.includes(hash));
  const fresh = strangers.filter(({ transaction: { hash, outcome } }) => outcome === undefined && !open.includes(hash));
  // What was open when this page first saw it is told to its end.
  if (fresh.length > 0) setOpen([...open, ...fresh.map(({ transaction }) => transaction.hash)]);
  const told = strangers.filter(({ transaction, state }) => state !== undefined && open.includes(transaction.hash));
  const [first] = told;
  if (!first || isThere) return null;
  const waiting = told.filter(({ state }) => state === "waiting").length;
  const title =
    told.length > 1
      ? t("band.several", { count: told.length })
      : t(`band.${first.state ?? "waiting"}`, { words: words(first.transaction, first.state) });
  return (
    <div className="ck-band">
      <Notice
        tone={told.some(needsEyes) ? "warn" : "plain"}
        icon={waiting > 0 ? "hourglassSplit" : "infoCircle"}
        live="status"
        title={title}
        action={
          <span className="ck-actions">
            <Link to={PAGE}>{t("band.open")}</Link>
            {waiting === 0 && (
              <button type="button" className="btn btn-plain btn-sm" onClick={() => setPutAway([...putAway, ...open])}>
                {t("band.close")}
              </button>
            )}
          </span>
        }
      />
    </div>
  );
}
