import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigationType } from "react-router";
import { Icon } from "./Icon.tsx";
import { isMenuOpen } from "./Menu.tsx";

export interface PageProps {
  readonly title: string;
  /** How far the knowledge of the page reaches, such as "Complete as of block 48,213". */
  readonly asOf?: ReactNode;
  /** Words under the title that say nothing about how far knowledge reaches. */
  readonly note?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly narrow?: boolean;
  /** Hides the heading when the page draws its own, with id "page-title". */
  readonly ownHeading?: boolean;
  readonly children: ReactNode;
}

/** The path whose page took the focus last. */
let arrived: string | null = null;

/**
 * A page: names the document. After a navigation inside the app it moves the focus to its heading; a page that only takes the place of
 * another, such as that of an unlocked key, does so when what had the focus is gone.
 */
export function Page({ title, asOf, note, actions, narrow = false, ownHeading = false, children }: PageProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.title = t("document.title", { page: title });
  }, [t, title]);

  useEffect(() => {
    const loaded = arrived === null && navigation === "POP";
    const navigated = arrived !== pathname;
    arrived = pathname;
    if (loaded) return;
    if (navigated && navigation !== "POP") window.scrollTo(0, 0);
    if (isMenuOpen() || (!navigated && document.activeElement !== document.body)) return;
    ref.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [pathname, navigation]);

  return (
    <div ref={ref} className={narrow ? "ck-narrow" : undefined}>
      {!ownHeading && (
        <div className="ck-title">
          <div>
            <h1 tabIndex={-1}>{title}</h1>
            {note && <p className="ck-asof">{note}</p>}
            {asOf && (
              <p className="ck-asof">
                <Icon name="checkCircle" />
                <span>{asOf}</span>
              </p>
            )}
          </div>
          {actions}
        </div>
      )}
      {children}
    </div>
  );
}
