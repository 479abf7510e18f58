import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { hashPasscode, isPasscode } from "../src/gate/links/passcode.ts";
import { TICKET_MS, Tickets } from "../src/gate/links/tickets.ts";
import { startStore } from "../src/index.ts";
import { temporaryDirectory } from "./support/fixture.ts";
import { begin, end, filesOf, linkOf, list, made, make, open } from "./support/linker.ts";
import { Member, PATIENT } from "./support/member.ts";

/** What is counted and ended of health links, over restarts and crashes. */

const PROCESS = path.join(import.meta.dirname, "support/gated-store-process.ts");
const SLOW = { timeout: 120_000 };

describe("a passcode of a health link", SLOW, () => {
  it("is asked for, with how many tries are left, which end the link", async () => {
    const { url, patient } = await begin();
    const { id } = await made(patient, { passcode: "246813" });
    const tried = async (passcode?: string) => {
      const answer = await open(url, id, { passcode });
      return [answer.status, answer.status === 401 ? ((await answer.json()) as object) : undefined];
    };
    expect(await tried()).toEqual([401, { remainingAttempts: 10 }]);
    expect(await tried("000000")).toEqual([401, { remainingAttempts: 9 }]);
    expect(await tried("246813")).toEqual([200, undefined]);
    // All at a time are no more tries than one after another.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, number) => tried(`11111${number}`)));
    expect(answers.filter(([status]) => status === 401)).toHaveLength(9);
    expect(answers.filter(([status]) => status === 404)).toHaveLength(3);
    expect(await tried("246813")).toEqual([404, undefined]);
    expect((await list(patient))[0]).toMatchObject({ state: "locked", uses: 1, remainingAttempts: 0 });
  });

  it("is kept as a salted hash, the same for the same words", async () => {
    const [one, other] = [await hashPasscode("caf\u00e9 au lait"), await hashPasscode("caf\u00e9 au lait")];
    expect(one.hash).not.toBe(other.hash);
    expect([await isPasscode(one, "cafe\u0301 au lait"), await isPasscode(one, "cafe au lait")]).toEqual([true, false]);
  });
});

it("a ticket for a file lasts some minutes, and for that file", () => {
  const tickets = new Tickets();
  const ticket = tickets.issue({ link: "bafy", index: 2, version: 7 });
  expect(tickets.take(ticket)).toEqual({ link: "bafy", index: 2, version: 7 });
  for (const forged of [
    ticket.replace(".2.", ".1."),
    ticket.replace(".7.", ".8."),
    ticket.replace("bafy", "bafk"),
    "",
    new Tickets().issue({ link: "bafy", index: 2, version: 7 }),
  ])
    expect(tickets.take(forged)).toBeUndefined();
  vi.useFakeTimers({ now: Date.now() + TICKET_MS });
  onTestFinished(() => void vi.useRealTimers());
  expect(tickets.take(ticket)).toBeUndefined();
});

describe("after a restart", SLOW, () => {
  it("counts the same tries and uses, ends what was ended, and forgets tickets", async () => {
    const { url, store, dataDir, gate, patient } = await begin();
    const [guarded, ended] = [await made(patient, { passcode: "246813" }), await made(patient)];
    const [file] = await filesOf(await open(url, guarded.id, { passcode: "246813", embeddedLengthMax: 0 }));
    await open(url, guarded.id, { passcode: "000000" });
    await end(patient, ended.link);
    const before = await list(patient);
    const orphan = path.join(dataDir, "links", "never-acknowledged");
    await store.close();
    await writeFile(orphan, "[]");
    // Twice: what was written anew is read like what was written first.
    for (let times = 0; times < 2; times += 1) await (await startStore({ dataDir, port: 0, gate })).close();
    const again = await startStore({ dataDir, port: 0, gate });
    onTestFinished(() => again.close());
    expect(await readdir(path.join(dataDir, "links"))).toEqual([guarded.link]);
    expect(await list(await Member.signedIn(again.url, PATIENT))).toEqual(before);
    expect((await open(again.url, ended.id)).status).toBe(404);
    expect((await fetch(file!["location"]!.replace(url, again.url))).status).toBe(404);
    const answer = await open(again.url, guarded.id, { passcode: "000000" });
    expect(await answer.json()).toEqual({ remainingAttempts: 8 });
  });

  it("refuses to start from a damaged list, in which a link that was ended could open again", async () => {
    const { store, dataDir, gate, patient } = await begin();
    const { link } = await made(patient);
    await end(patient, link);
    await made(patient);
    await store.close();
    const file = path.join(dataDir, "links.log");
    await writeFile(file, (await readFile(file, "utf8")).replace('"revoked"', '"revokes"'));
    await expect(startStore({ dataDir, port: 0, gate })).rejects.toMatchObject({ code: "STORE_LINKS_DAMAGED" });
  });

  it("a store that is killed gives no further try, and loses no link and no end that it acknowledged", async () => {
    const dataDir = await temporaryDirectory();
    const run = async () => {
      const child = fork(PROCESS, [dataDir], { execArgv: [] });
      onTestFinished(() => void child.kill("SIGKILL"));
      const [url] = (await once(child, "message")) as [string];
      return { child, url, patient: await Member.signedIn(url, PATIENT) };
    };
    const first = await run();
    const guarded = await made(first.patient, { passcode: "246813" });
    const ended = await made(first.patient);
    await end(first.patient, ended.link);
    // In the middle of a try, and of a link that is made.
    const tries = [open(first.url, guarded.id, { passcode: "000000" }), make(first.patient, linkOf(PATIENT))];
    await vi.waitFor(
      async () => expect(await readFile(path.join(dataDir, "links.log"), "utf8")).toContain('"attempt"'),
      {
        ...{ timeout: 60_000, interval: 1 },
      },
    );
    first.child.kill("SIGKILL");
    await Promise.allSettled([...tries, once(first.child, "exit")]);
    const second = await run();
    expect((await open(second.url, ended.id)).status).toBe(404);
    expect(await (await open(second.url, guarded.id, { passcode: "111111" })).json()).toEqual({ remainingAttempts: 8 });
    expect((await open(second.url, guarded.id, { passcode: "246813" })).status).toBe(200);
    expect((await list(second.patient)).filter(({ state }) => state === "open").length).toBeLessThanOrEqual(2);
  });
});
