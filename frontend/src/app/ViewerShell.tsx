import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../components/Loading.tsx";
import { Mark } from "../components/Mark.tsx";
import { ViewerPage } from "../features/viewer/ViewerPage.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { LanguageMenu } from "./shell/LanguageMenu.tsx";
import { ThemeToggle } from "./shell/ThemeToggle.tsx";

/**
 * What the viewer of health links stands in. Its document may ask hosts that other pages may not (vite.config.ts): it connects no wallet,
 * opens no chart, and leads to the others by loading them anew.
 */
export function ViewerShell() {
  const { t } = useTranslation();
  return (
    <div>
      <a className="ck-skip" href="#main">
        {t("skip")}
      </a>
      <header className="ck-top">
        <div className="ck-top-in">
          <a className="ck-brand" href="/">
            <Mark />
            Chartkey
          </a>
          <div className="ck-top-end">
            <LanguageMenu />
            <ThemeToggle />
          </div>
        </div>
      </header>
      <main id="main" className="ck-page" tabIndex={-1}>
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <ViewerPage />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}
