import { expect, it } from "vitest";
import { totalsBy } from "./tallies.ts";

const tallies = [
  { month: "2026-10", hospital: 2, records: 1, grants: 0, emergencies: 0 },
  { month: "2026-11", hospital: 1, records: 20, grants: 3, emergencies: 1 },
  { month: "2026-11", hospital: 2, records: 4, grants: 5, emergencies: 0 },
];

it("adds up by month and by hospital, and loses nothing", () => {
  expect(totalsBy(tallies, ({ month }) => month)).toEqual([
    { key: "2026-10", records: 1, grants: 0, emergencies: 0 },
    { key: "2026-11", records: 24, grants: 8, emergencies: 1 },
  ]);
  expect(totalsBy(tallies, ({ hospital }) => hospital)).toEqual([
    { key: 2, records: 5, grants: 5, emergencies: 0 },
    { key: 1, records: 20, grants: 3, emergencies: 1 },
  ]);
});
