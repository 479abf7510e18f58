import type { Prose } from "@chartkey/sdk/records";
import DOMPurify, { type Config } from "dompurify";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/**
 * What FHIR lets stand in a narrative, without what would fetch, lead elsewhere, or dress up as a part of this page: pictures, links,
 * styles, classes and ids.
 */
const CLEAN = {
  ALLOWED_TAGS: (
    "abbr acronym b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s " +
    "samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var"
  ).split(" "),
  ALLOWED_ATTR: ["abbr", "colspan", "dir", "lang", "rowspan", "scope", "start", "title"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
} satisfies Config;

/** Letters above which a narrative is not laid out; the data as written has it whole. */
const MOST = 500_000;

/** Headings of somebody else's text are none of this page. */
function withoutHeadings(text: DocumentFragment): DocumentFragment {
  for (const heading of text.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const line = document.createElement("p");
    line.className = "ck-strong";
    line.append(...heading.childNodes);
    heading.replaceWith(line);
  }
  return text;
}

/** Prose of a record, as its author laid it out and cleaned of everything that acts. */
function Cleaned({ xhtml }: { readonly xhtml: string }) {
  const { t } = useTranslation("records");
  const fill = useCallback(
    (element: HTMLDivElement) => {
      element.replaceChildren(withoutHeadings(DOMPurify.sanitize(xhtml, CLEAN)));
      return () => element.replaceChildren();
    },
    [xhtml],
  );
  if (xhtml.length > MOST) return <p className="ck-2">{t("prose.tooLong")}</p>;
  return <div ref={fill} className="ck-prose" dir="auto" tabIndex={0} role="group" aria-label={t("prose.label")} />;
}

/**
 * The prose of a record. What may say more than the lines above stands open; what was made from them waits to be asked for.
 */
export function Narrative({ prose }: { readonly prose: readonly Prose[] }) {
  const { t } = useTranslation("records");
  const told = prose.filter(({ isGenerated }) => !isGenerated);
  const made = prose.filter(({ isGenerated }) => isGenerated);
  return (
    <>
      {told.map(({ title, xhtml }, place) => (
        <section key={place}>
          <h2 className="ck-h3 mb-2">{title ? <bdi>{title}</bdi> : t("prose.heading")}</h2>
          <Cleaned xhtml={xhtml} />
        </section>
      ))}
      {made.map(({ xhtml }, place) => (
        <details key={place} className="ck-raw">
          <summary>{t("prose.generated")}</summary>
          <Cleaned xhtml={xhtml} />
        </details>
      ))}
    </>
  );
}
