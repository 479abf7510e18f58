import type { ReactNode } from "react";

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Digits that align. */
  readonly numeric?: boolean;
}

export interface DataTableProps<Row> {
  /** Says what the table lists; heard, not seen. */
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Marks the row that the page is about. */
  readonly isCurrent?: (row: Row) => boolean;
  /** A layout of its own below 640 px: ck-blocks, ck-entries or ck-day. */
  readonly className?: string;
}

/** A table that becomes label and value cards when narrow. */
export function DataTable<Row>({ caption, columns, rows, rowKey, isCurrent, className = "" }: DataTableProps<Row>) {
  // The roles are written out because `display: grid` on narrow screens takes a table's own roles away.
  return (
    <table className={`ck-table ${className}`} role="table">
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, header, numeric }) => (
            <th key={key} scope="col" role="columnheader" className={numeric ? "ck-num" : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className={isCurrent?.(row) ? "ck-now" : undefined}>
            {columns.map(({ key, header, cell, numeric }, index) =>
              index === 0 ? (
                <th key={key} scope="row" role="rowheader">
                  {cell(row)}
                </th>
              ) : (
                <td key={key} role="cell" data-label={header} className={numeric ? "ck-num" : undefined}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
