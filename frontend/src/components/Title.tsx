import type { ChartItem } from "../lib/chart/items.ts";
import { isEnglishName } from "../lib/chart/englishName.ts";

interface TitleProps {
  readonly resource: ChartItem["resource"];
  /** What it is called, as `useItemTitle` or `useResourceTitle` says. */
  readonly children: string;
  readonly className?: string;
}

/** What an entry is called, set apart from the text around it; a name of an English terminology is read and written as English. */
export function Title({ resource, children, className }: TitleProps) {
  const isEnglish = resource !== undefined && isEnglishName(resource, children);
  return (
    <bdi className={className} {...(isEnglish ? { lang: "en", dir: "ltr" } : {})}>
      {children}
    </bdi>
  );
}
