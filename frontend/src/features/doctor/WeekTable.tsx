import type { Visit } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatClockMinutes, formatWeekday } from "../../lib/format/slotTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { dayStart, localDay } from "./lib/days.ts";
import { hourOf, hoursOf } from "./lib/week.ts";
import { visitKey } from "./queries.ts";
import { WeekVisit } from "./WeekVisit.tsx";

export interface WeekProps {
  /** Local days. */
  readonly days: readonly string[];
  readonly today: string;
  /** The visits of these days, in their order. */
  readonly visits: readonly Visit[];
}

/** The week as a table: a column for each day, a row for each hour from the first visit to the last. */
export function WeekTable({ days, today, visits }: WeekProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const clock = (hour: number) => formatClockMinutes(new Date(2000, 0, 1, hour).getTime() / 1000, locale);
  const at = (day: string, hour: number) =>
    visits.filter(({ start }) => localDay(start) === day && hourOf(start) === hour);
  return (
    <table className="ck-table ck-week">
      <caption className="visually-hidden">{t("week.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("day.time")}</th>
          {days.map((day) => (
            <th key={day} scope="col" aria-current={day === today ? "date" : undefined}>
              <Link to={`/doctor?day=${day}`}>{formatWeekday(dayStart(day), locale)}</Link>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hoursOf(visits).map((hour) => (
          <tr key={hour}>
            <th scope="row">{clock(hour)}</th>
            {days.map((day) => (
              <td key={day} className={day === today ? "ck-now" : undefined}>
                {at(day, hour).map((visit) => (
                  <WeekVisit key={visitKey(visit)} visit={visit} />
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The week on a telephone: the days that have visits, one under the other. */
export function WeekList({ days, today, visits }: WeekProps) {
  const locale = useLocale();
  return days.map((day) => {
    const ofDay = visits.filter(({ start }) => localDay(start) === day);
    if (ofDay.length === 0) return null;
    return (
      <section key={day} className="mt-4">
        <h2 aria-current={day === today ? "date" : undefined}>
          <Link to={`/doctor?day=${day}`}>{formatWeekday(dayStart(day), locale)}</Link>
        </h2>
        <ul className="ck-list">
          {ofDay.map((visit) => (
            <li key={visitKey(visit)}>
              <WeekVisit visit={visit} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
