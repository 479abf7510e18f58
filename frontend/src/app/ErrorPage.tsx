import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../components/ErrorNotice.tsx";
import { Page } from "../components/Page.tsx";

/** Browsers word a module that did not load differently; none gives it a code. */
const CHUNK = /dynamically imported module|module script|Importing a module|preload/i;

function coded(error: unknown): unknown {
  if (error instanceof Error && CHUNK.test(error.message)) return Object.assign(error, { code: "APP_CHUNK" });
  return error;
}

/** Shown in place of a page that failed; the shell around it stays. */
export function ErrorPage({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <Page title={t("errorPage.title")} narrow>
      <div className="mt-4">
        <ErrorNotice error={coded(error)} actions={{ retry: () => window.location.reload() }} />
      </div>
    </Page>
  );
}
