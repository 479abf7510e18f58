import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

export interface PaginationProps {
  /** Says what is paged, such as "Pages of blocks". */
  readonly label: string;
  /** Words for where one is, such as "Blocks 120 to 101 of 120". */
  readonly position: string;
  /** Missing at the end of that side. */
  readonly onNewer?: (() => void) | undefined;
  readonly onOlder?: (() => void) | undefined;
}

/** Newer and older, for lists whose newest is first. */
export function Pagination({ label, position, onNewer, onOlder }: PaginationProps) {
  const { t } = useTranslation();
  return (
    <nav className="d-flex flex-wrap align-items-center gap-3 mt-4" aria-label={label}>
      <button type="button" className="btn btn-plain btn-sm" onClick={onNewer} disabled={!onNewer}>
        <Icon name="chevronLeft" directional />
        {t("pagination.newer")}
      </button>
      <button type="button" className="btn btn-plain btn-sm" onClick={onOlder} disabled={!onOlder}>
        {t("pagination.older")}
        <Icon name="chevronRight" directional />
      </button>
      <span className="ck-s ck-2" aria-live="polite">
        {position}
      </span>
    </nav>
  );
}
