import { describe, expect, it } from "vitest";
import { MOST_PEOPLE, readPeople, SAMPLE } from "./people.ts";

const words = { role: (role: string) => `rol-${role}`, speciality: (code: number) => `especialidad-${code}` };
const read = (text: string) => readPeople(text, words);
const ACCOUNT = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";

describe("a list of people", () => {
  it("is read as its sample is written", () => {
    const { people, refused, missing } = read(SAMPLE);
    expect([refused, missing]).toEqual([[], []]);
    expect(people).toEqual([
      { name: "Ananya Sharma", role: "patient", speciality: 0 },
      { name: "Ravi Menon", role: "patient", speciality: 0, account: ACCOUNT },
      { name: "Dr Mei Lin", role: "doctor", speciality: 6 },
      { name: "Lakshmi Narayanan", role: "pharmacist", speciality: 0 },
    ]);
  });

  it("has its columns in any order, and its words in the reader's language too", () => {
    const { people } = read("Name;Extra;ROLE;speciality\nMei;x;rol-doctor;especialidad-2\nAda;;Doctor;6\n");
    expect(people.map(({ name, speciality }) => [name, speciality])).toEqual([
      ["Mei", 2],
      ["Ada", 6],
    ]);
  });

  it("names each line that is nobody with its number and reason, and goes on", () => {
    const { people, refused } = read(
      [
        "role,name,speciality,account",
        "nurse,A,,",
        "patient,,,",
        "doctor,C,Alchemy,",
        "doctor,D,,",
        "patient,E,,0x12",
        `patient,F,,${ACCOUNT}`,
        `patient,F again,,${ACCOUNT}`,
        "patient,G",
      ].join("\n"),
    );
    expect(refused.map(({ line, reason, found }) => [line, reason, found])).toEqual([
      [2, "role", "nurse"],
      [3, "name", ""],
      [4, "speciality", "Alchemy"],
      [5, "speciality", ""],
      [6, "account", "0x12"],
      [8, "twice", ACCOUNT],
    ]);
    expect(people.map(({ name }) => name)).toEqual(["F", "G"]);
  });

  it("says which column it lacks, and reads nothing then", () => {
    expect(read("name,account\nA,\n")).toEqual({ people: [], refused: [], missing: ["role"] });
    expect(read("").missing).toEqual(["role", "name"]);
  });

  it("is no longer than a wallet can be asked to sign", () => {
    const { people, refused } = read(`role,name\n${"patient,A\n".repeat(MOST_PEOPLE + 2)}`);
    expect([people.length, refused.map(({ line }) => line)]).toEqual([MOST_PEOPLE, [MOST_PEOPLE + 2, MOST_PEOPLE + 3]]);
  });
});
