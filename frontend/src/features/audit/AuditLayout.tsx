import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";

const places = [
  { to: "/audit", label: "nav.blocks" },
  { to: "/audit/ledgers", label: "nav.ledgers" },
  { to: "/audit/statistics", label: "nav.statistics" },
  { to: "/audit/check", label: "nav.check" },
] as const;

/** The place that a page belongs to: single ledgers to the ledgers, blocks, transactions and addresses to the blocks. */
function placeOf(pathname: string): (typeof places)[number]["to"] {
  if (/^\/audit\/ledgers?(\/|$)/.test(pathname)) return "/audit/ledgers";
  return (["/audit/statistics", "/audit/check"] as const).find((place) => pathname.startsWith(place)) ?? "/audit";
}

/** The pages for checking what is on the chain, with the way from one to the other. */
export default function AuditLayout() {
  const { t } = useTranslation("audit");
  const { pathname } = useLocation();
  const current = placeOf(pathname);
  return (
    <>
      <nav aria-label={t("nav.label")}>
        <ul className="ck-tabs mt-0 mb-5">
          {places.map(({ to, label }) => (
            <li key={to}>
              <Link to={to} aria-current={to === current ? (to === pathname ? "page" : "true") : undefined}>
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </>
  );
}
