import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

export interface PaginationProps {
  /** Says what is paged, such as "Pages of blocks". */
  readonly label: string;
  /** Words for where one is, such as "Blocks 120 to 101 of 120". */
  readonly position: string;
  /** What the two ways are called, when it is not newer and older. */
  readonly words?: readonly [newer: string, older: string];
  /** Missing at the end of that side. */
  readonly onNewer?: (() => void) | undefined;
  readonly onOlder?: (() => void) | undefined;
}

/** Newer and older, for lists whose newest is first; or whatever else has pages. */
export function Pagination({ label, position, words, onNewer, onOlder }: PaginationProps) {
  const { t } = useTranslation();
  const [newer, older] = words ?? [t("pagination.newer"), t("pagination.older")];
  return (
    <nav className="d-flex flex-wrap align-items-center gap-3 mt-4" aria-label={label}>
      <button type="button" className="btn btn-plain btn-sm" onClick={onNewer} disabled={!onNewer}>
        <Icon name="chevronLeft" directional />
        {newer}
      </button>
      <button type="button" className="btn btn-plain btn-sm" onClick={onOlder} disabled={!onOlder}>
        {older}
        <Icon name="chevronRight" directional />
      </button>
      <span className="ck-s ck-2" aria-live="polite">
        {position}
      </span>
    </nav>
  );
}
