import type { SentState } from "@chartkey/sdk";
import { cleanup, renderHook } from "@testing-library/react";
import type { Abi } from "viem";
import { afterEach, describe, expect, it, vi } from "vitest";
import { contractAbis } from "../chain/contracts.ts";
import { languages } from "../i18n/languages.ts";
import { startTestI18n } from "../i18n/testing.ts";
import type { LoggedTransaction } from "./log.ts";
import { useSentWords } from "./useSentWords.ts";

const at = vi.hoisted(() => ({ contract: "ConsentRegistry" }));
vi.mock("../chain/contracts.ts", async (original) => ({
  ...(await original<object>()),
  contractAt: () => at.contract,
}));
afterEach(cleanup);

function wordsOf(contract: string, functionName: string, state?: SentState, about?: string): string {
  at.contract = contract;
  return renderHook(() => useSentWords()).result.current(
    { chainId: 1, functionName, about } as LoggedTransaction,
    state,
  );
}

it("says what was done once it is on the chain, and before or without that what it was to do", async () => {
  await startTestI18n("en");
  expect(wordsOf("ConsentRegistry", "grant", "mined")).toBe("You gave access to a chart");
  for (const state of ["waiting", "failed", "replaced", "dropped", undefined] as const)
    expect(wordsOf("ConsentRegistry", "grant", state)).toBe("Giving access to a chart");
  expect(wordsOf("ConsentRegistry", "grantBySig", "mined")).toBe("A patient’s signed grant was sent.");
  expect(wordsOf("ConsentRegistry", "revoke", "mined")).toBe("You ended an access, or renewed your keys");
  expect(wordsOf("ConsentRegistry", "revoke", "mined", "0x1")).toBe("You ended an access to a chart");
  expect(wordsOf("ConsentRegistry", "grant", "mined", "0x1")).toBe("You gave access to a chart");
  expect(wordsOf("ConsentRegistry", "unheardOf", "mined")).toBe("unheardOf");
});

/** What contracts call on each other, what is done once at a deployment, and what others than people send. */
const NOT_OF_PEOPLE = [
  ...["HospitalRegistry.publishProfile", "HospitalRegistry.setMember", "Hospital.initialize", "Hospital.claimBySig"],
  ...["KeyDirectory.publishBySig", "KeyDirectory.wireObservers", "ConsentRegistry.grantBySig"],
  ...["ConsentRegistry.revokeBySig", "ConsentRegistry.onSuccession", "RecordRegistry.anchorFor"],
  ...["RecordRegistry.wirePrescriptions", "Appointments.bookBySig", "Appointments.onSuccession"],
  "AccessLog.publishReceipts",
];
const calls = Object.entries<Abi>(contractAbis).flatMap(([contract, abi]) =>
  abi.flatMap((item) =>
    item.type === "function" && !/view|pure/.test(item.stateMutability) ? [`${contract}.${item.name}`] : [],
  ),
);

describe.each(languages)("in $name", ({ code }) => {
  it("has words of its own for everything that somebody sends", async () => {
    const { default: words } = (await import(`../../locales/${code}/sent.json`)) as { default: Words };
    const has = (form: keyof Words) => (call: string) => {
      const [contract = "", name = ""] = call.split(".");
      return words[form][contract]?.[name] !== undefined;
    };
    const people = calls.filter((call) => !NOT_OF_PEOPLE.includes(call));
    expect(people.length).toBeGreaterThan(40);
    expect([people.filter((call) => !has("done")(call)), people.filter((call) => !has("going")(call))]).toEqual([
      [],
      [],
    ]);
  });
});

type Words = Record<"done" | "going", Record<string, Record<string, string>>>;
