import { describe, expect, it } from "vitest";
import { coveredDays, editorDays, fillWeekdays, hourState, toggleHour, toQuarters, toSlots } from "./hours.ts";

/** Tuesday 24 November 2026, 10:20 on the reader's clock. */
const now = new Date(2026, 10, 24, 10, 20).getTime() / 1000;

describe("hours", () => {
  it("keeps every quarter between reading and publishing", () => {
    const slots = [[0, 40, 95], [], [41]];
    expect(toSlots(20_000, 3, toQuarters(20_000, slots))).toEqual(slots);
  });

  it("covers the local days with whole UTC days, at most one more", () => {
    const { firstDay, days } = coveredDays(now, 14);
    expect(firstDay).toBe(Math.floor(now / 86_400));
    expect([14, 15]).toContain(days);
  });

  it("opens the rest of a partly open hour and closes an open one", () => {
    const hour = Math.ceil(now / 3600) * 3600;
    const partly = new Set([hour / 900 + 2]);
    expect(hourState(partly, hour)).toBe("partly");
    const whole = toggleHour(partly, hour);
    expect(hourState(whole, hour)).toBe("open");
    expect(toggleHour(whole, hour).size).toBe(0);
  });

  it("offers no hour that is over, and an unusual hour that is open", () => {
    const night = new Date(2026, 10, 25, 22).getTime() / 1000;
    const [today, tomorrow] = editorDays(now, 2, new Set([night / 900]));
    expect(new Date(today!.hours[0]! * 1000).getHours()).toBe(10);
    expect(tomorrow!.hours).toContain(night);
    expect(tomorrow!.hours).toHaveLength(14);
  });

  it("fills weekdays that are empty, leaves weekends and days with hours alone", () => {
    const days = editorDays(now, 7, new Set());
    const evening = new Date(2026, 10, 25, 19).getTime() / 1000;
    const filled = fillWeekdays(days, toggleHour(new Set(), evening));
    const perDay = days.map(({ hours }) => hours.filter((hour) => hourState(filled, hour) === "open").length);
    // Tuesday from 10, Wednesday as it was, Thursday, Friday, weekend, Monday.
    expect(perDay).toEqual([7, 1, 8, 8, 0, 0, 8]);
  });
});
