import type { UnlockedSession } from "@chartkey/sdk";
import { beforeEach, expect, it, vi } from "vitest";
import { errorCode } from "../../../lib/errors/code.ts";
import { beginList, dropList, keepList, readKeptList, type ListLine } from "./keptList.ts";

/** As the browser's store answers, which has no place here: what is begun twice is a ConstraintError. */
const kept = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../../lib/session/database.ts", () => {
  const store = {
    get: (name: string) => kept.get(name),
    put: (value: unknown, name: string) => kept.set(name, value),
    delete: (name: string) => kept.delete(name),
    add(value: unknown, name: string) {
      if (kept.has(name)) throw new DOMException("taken", "ConstraintError");
      kept.set(name, value);
    },
  };
  return { database: () => ({ ask: async (_: string, question: (of: typeof store) => unknown) => question(store) }) };
});

async function sessionOf(address: string): Promise<UnlockedSession> {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey({ name: "X25519" }, true, [
    "deriveBits",
  ])) as CryptoKeyPair;
  const publicBytes = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const vault = { identity: { privateKey, publicKey, publicBytes } };
  return { chain: { id: 1 }, wallet: { account: { address } }, vault } as unknown as UnlockedSession;
}

const ADMIN = "0x0000000000000000000000000000000000000002";
const mei: ListLine = { name: "Dr Mei", role: "doctor", speciality: 6 };
const signed: ListLine = { ...mei, invitation: "signed" };
const admin = await sessionOf(ADMIN);

beforeEach(() => kept.clear());

it("is none, begun, gone on with and forgotten", async () => {
  expect(await readKeptList(admin, 1)).toBeNull();
  await beginList(admin, 1, [mei]);
  await keepList(admin, 1, [signed]);
  expect(await readKeptList(admin, 1)).toEqual([signed]);
  expect(await readKeptList(admin, 2)).toBeNull();
  await dropList(admin, 1);
  expect(await readKeptList(admin, 1)).toBeNull();
});

it("a list that does not open is not taken for none, and is left as it is", async () => {
  await beginList(admin, 1, [signed]);
  const renewed = await sessionOf(ADMIN);
  const error: unknown = await readKeptList(renewed, 1).catch((met: unknown) => met);
  expect(errorCode(error).code).toBe("LIST_NOT_OPENED");
  await expect(beginList(renewed, 1, [mei])).rejects.toMatchObject({ code: "LIST_BEGUN" });
  expect(await readKeptList(admin, 1)).toEqual([signed]);
  await dropList(renewed, 1);
  await beginList(renewed, 1, [mei]);
  expect(await readKeptList(renewed, 1)).toEqual([mei]);
});

it("a list that another page began meanwhile is not replaced", async () => {
  await beginList(admin, 1, [signed]);
  await expect(beginList(admin, 1, [mei])).rejects.toMatchObject({ code: "LIST_BEGUN" });
  expect(await readKeptList(admin, 1)).toEqual([signed]);
});
