import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { Page } from "../../components/Page.tsx";
import { FileForm } from "./FileForm.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { MessageForm } from "./MessageForm.tsx";
import { NoteForm } from "./NoteForm.tsx";

const forms = { note: NoteForm, message: MessageForm, attach: FileForm, file: ImportForm } as const;
const ways = ["note", "attach", "message", "file"] as const;

/** Adds to one's own chart: a note, a file of any kind, a message to a doctor, or records from elsewhere. */
export default function AddPage() {
  const { t } = useTranslation("entries");
  const [params] = useSearchParams();
  const way = ways.find((each) => each === params.get("way")) ?? "note";
  const Form = forms[way];
  return (
    <Page title={t("title")} narrow ownHeading>
      <BackLink to="/patient/chart">{t("back")}</BackLink>
      <h1 tabIndex={-1}>{t("title")}</h1>
      <nav aria-label={t("ways")}>
        <ul className="ck-tabs">
          {ways.map((each) => (
            <li key={each}>
              <Link to={`?way=${each}`} replace aria-current={each === way ? "page" : undefined}>
                {t(`way.${each}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Form />
    </Page>
  );
}
