import { useTranslation } from "react-i18next";
import { Mark } from "../components/Mark.tsx";
import { ErrorNotice } from "../components/ErrorNotice.tsx";

/** In place of the app when its configuration cannot be used. */
export function StartFailure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <main className="ck-page ck-narrow">
      <h1 className="ck-brand">
        <Mark />
        {t("start.failed")}
      </h1>
      <div className="mt-4">
        <ErrorNotice error={error} />
        {error instanceof Error && <p className="ck-s ck-2 mt-3">{error.message}</p>}
      </div>
    </main>
  );
}
