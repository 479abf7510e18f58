import type { ChildProcess } from "node:child_process";
import { fork, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import type { KuboRPCClient } from "kubo-rpc-client";
import { create } from "kubo-rpc-client";
import { CID } from "multiformats/cid";
import { describe, expect, it, onTestFinished } from "vitest";
import { PROFILE, collect, collectBytes, openStore, someBytes, temporaryDirectory } from "./support/fixture.ts";

/** The real process, killed and starved. CHARTKEY_FAULT_WRITES=1000 makes it longer. */

const WRITES = Number(process.env["CHARTKEY_FAULT_WRITES"] ?? 120);
const PARALLEL = 6;
const SMALL_CHUNKS = { ...PROFILE, chunker: "size-1000" };
const PROCESS = path.join(import.meta.dirname, "support/store-process.ts");

/** What was acknowledged of a file; `unsure` when its last answer did not come. */
interface Known {
  readonly content: Buffer;
  state: "kept" | "dropped" | "unsure";
  busy: boolean;
}

/** Blocks that many files share, so that a collection which forgets one file of several shows. */
const SHARED = Array.from({ length: 5 }, () => someBytes(1000));
const newContent = () => Buffer.concat([SHARED[randomInt(5)]!, someBytes(randomInt(1, 3000))]);

async function begin(dataDir: string): Promise<{ client: KuboRPCClient; child: ChildProcess }> {
  const child = fork(PROCESS, [dataDir], { execArgv: [] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url] = (await once(child, "message")) as [string];
  return { client: create({ url }), child };
}

/** What was unpinned may have been collected since: then it cannot be pinned, and the store has said so. */
function unlessCollected(known: Known) {
  return (error: unknown): void => {
    const refused = error instanceof Error && /could not find/.test(error.message);
    if (!refused) throw error;
    known.state = "dropped";
    known.busy = false;
  };
}

class Model {
  readonly files = new Map<string, Known>();
  writes = 0;

  /** One random write on a file that no other is about. */
  async step(client: KuboRPCClient): Promise<void> {
    const [kind, known] = [randomInt(10), this.#pick()];
    if (kind === 0) await collect(client.repo.gc());
    else if (kind < 6 || !known) await this.#add(client, newContent());
    else if (known.state === "kept") await this.#change(known, "dropped", (cid) => client.pin.rm(cid));
    else if (kind % 2 === 0)
      await this.#change(known, "kept", (cid) => client.pin.add(cid)).catch(unlessCollected(known));
    else await this.#add(client, known.content);
  }

  #pick(): Known | undefined {
    const free = [...this.files.values()].filter(({ busy }) => !busy);
    return free.length === 0 ? undefined : free[randomInt(free.length)];
  }

  async #add(client: KuboRPCClient, content: Buffer): Promise<void> {
    const { cid } = await client.add(content, { ...SMALL_CHUNKS, onlyHash: true });
    const known = this.files.get(cid.toString()) ?? { content, state: "unsure", busy: false };
    if (known.busy) return;
    this.files.set(cid.toString(), known);
    await this.#change(known, "kept", () => client.add(content, SMALL_CHUNKS));
  }

  async #change(known: Known, state: Known["state"], write: (cid: CID) => Promise<unknown>): Promise<void> {
    const [cid] = [...this.files].find(([, other]) => other === known)!;
    known.busy = true;
    known.state = "unsure";
    await write(CID.parse(cid));
    known.state = state;
    known.busy = false;
    this.writes += 1;
  }

  /** Compares with a store that was started anew, and learns what became of what was never answered. */
  async check(client: KuboRPCClient): Promise<void> {
    const pins = await collect(client.pin.ls({ type: "recursive" }));
    const pinned = new Set(pins.map(({ cid }) => cid.toString()));
    for (const [cid, known] of this.files) {
      if (known.state !== "unsure") expect([cid, pinned.has(cid)]).toEqual([cid, known.state === "kept"]);
      known.state = pinned.has(cid) ? "kept" : "dropped";
      known.busy = false;
      if (known.state === "dropped") continue;
      const bytes = await collectBytes(client.cat(CID.parse(cid)));
      expect([cid, bytes.equals(known.content)]).toEqual([cid, true]);
    }
    expect(pinned.size).toBe([...this.files.values()].filter(({ state }) => state === "kept").length);
  }
}

describe("a store that is killed", () => {
  it(`loses nothing that it acknowledged, of ${WRITES} random writes`, { timeout: 1_800_000 }, async () => {
    const dataDir = await temporaryDirectory();
    const model = new Model();
    let kills = 0;
    while (model.writes < WRITES) {
      const { client, child } = await begin(dataDir);
      await model.check(client);
      const until = model.writes + randomInt(5, 40);
      const work = async () => {
        try {
          while (model.writes < until) await model.step(client);
        } catch (error) {
          // Whoever is cut off by the kill has no answer; any other failure is one of the store.
          if (!child.killed) throw error;
        }
        child.kill("SIGKILL");
      };
      await Promise.all(Array.from({ length: PARALLEL }, work));
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      kills += 1;
    }
    const { client } = await openStore({ dataDir });
    await collect(client.repo.gc());
    await model.check(client);
    expect(kills).toBeGreaterThan(2);
  });
});

/** No file may grow beyond so many KiB: to the store the disk is full (EFBIG), as with a quota. Needs the shell's `ulimit`. */
async function beginStarved(
  dataDir: string,
  kibibytes: number,
): Promise<{ client: KuboRPCClient; child: ChildProcess }> {
  const command = `ulimit -f ${kibibytes} && exec "$0" "$@"`;
  const stdio: ("ignore" | "inherit" | "ipc")[] = ["ignore", "ignore", "inherit", "ipc"];
  const child = spawn("bash", ["-c", command, process.execPath, PROCESS, dataDir], { stdio });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url] = (await once(child, "message")) as [string];
  return { client: create({ url }), child };
}

describe.skipIf(process.platform === "win32")("a store whose disk is full", () => {
  it("refuses what does not fit, keeps what it acknowledged, and takes the rest when there is room", async () => {
    const dataDir = await temporaryDirectory();
    const { client, child } = await beginStarved(dataDir, 4);
    const full = { response: { status: 507 } };
    const large = someBytes(100_000);
    await expect(client.add(large, PROFILE)).rejects.toMatchObject(full);
    const kept = new Map<string, Buffer>();
    let refused: Buffer | undefined;
    // The log of pins is a file as well, and full after some dozens.
    while (refused === undefined && kept.size < 200) {
      const content = someBytes(100);
      try {
        kept.set((await client.add(content, PROFILE)).cid.toString(), content);
      } catch (error) {
        expect(error).toMatchObject(full);
        refused = content;
      }
    }
    expect(refused).toBeDefined();
    const [first] = kept.keys();
    expect((await collectBytes(client.cat(CID.parse(first!)))).equals(kept.get(first!)!)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    const after = await openStore({ dataDir });
    const pins = await collect(after.client.pin.ls({ type: "recursive" }));
    expect(pins.map(({ cid }) => cid.toString()).sort()).toEqual([...kept.keys()].sort());
    for (const [cid, content] of kept)
      expect((await collectBytes(after.client.cat(CID.parse(cid)))).equals(content)).toBe(true);
    for (const content of [large, refused!]) await after.client.add(content, PROFILE);
    expect(await collect(after.client.pin.ls({ type: "recursive" }))).toHaveLength(kept.size + 2);
  });
});
