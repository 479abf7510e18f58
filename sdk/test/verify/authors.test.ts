import {
  type Address,
  type Hex,
  type RpcTransactionReceipt,
  encodeAbiParameters,
  encodeEventTopics,
  getAbiItem,
} from "viem";
import { describe, expect, it } from "vitest";
import { ZERO_HEAD } from "../../src/chain/head.ts";
import { keyDirectoryAbi } from "../../src/generated/abi/KeyDirectory.ts";
import { recordRegistryAbi } from "../../src/generated/abi/RecordRegistry.ts";
import { factsIn, isEntry } from "../../src/verify/entries.ts";
import { exportedEntry } from "../../src/verify/export.ts";
import type { LedgerExport } from "../../src/verify/format.ts";
import { checkEntries } from "../../src/verify/ledger-check.ts";
import { encodeReceipt } from "../../src/verify/receipts.ts";

/** Exports that no contract would have led to: entries by those who did not act for the patient. */

const RECORDS = "0x0000000000000000000000000000000000000001";
const DIRECTORY = "0x0000000000000000000000000000000000000002";
const PATIENT = "0x00000000000000000000000000000000000000a1";
const HEIR = "0x00000000000000000000000000000000000000c3";
const deployment = { records: RECORDS, keyDirectory: DIRECTORY } as unknown as LedgerExport["deployment"];

type Log = { address: Address; topics: Hex[]; data: Hex };

function anchored(author: Address): Log {
  const args = { patient: PATIENT, author, recordId: ZERO_HEAD } as const;
  const topics = encodeEventTopics({ abi: recordRegistryAbi, eventName: "EntryAnchored", args }) as Hex[];
  const { inputs } = getAbiItem({ abi: recordRegistryAbi, name: "EntryAnchored" });
  const data = encodeAbiParameters(
    inputs.filter((input) => !input.indexed),
    [0, 7, 0, 1, ZERO_HEAD, ZERO_HEAD] as never,
  );
  return { address: RECORDS, topics, data };
}

function succeeded(account: Address, successor: Address, address: Address = DIRECTORY): Log {
  const args = { account, successor, previous: account };
  const topics = encodeEventTopics({ abi: keyDirectoryAbi, eventName: "Succeeded", args }) as Hex[];
  return { address, topics, data: "0x" };
}

/** What the check of the entries says of blocks with these events. */
function check(...blocks: Log[][]): string {
  const receipts = blocks.map((logs, block) => ({
    block,
    receipts: [
      encodeReceipt({
        type: "0x2",
        status: "0x1",
        cumulativeGasUsed: "0x1",
        logsBloom: "0x",
        logs,
      } as never as RpcTransactionReceipt),
    ],
  }));
  const entries = receipts.flatMap(({ block, receipts: list }) =>
    factsIn(list, deployment)
      .filter(isEntry)
      .map((entry) => exportedEntry(entry, block)),
  );
  try {
    return checkEntries({ deployment, patient: PATIENT, receipts, entries } as unknown as LedgerExport)[0];
  } catch (error) {
    return (error as Error).message;
  }
}

const HOLDS = /^\d entries, each an event/;
const FOREIGN = /its author did not act for the patient/;

describe("the authors of an export's entries", () => {
  it("may be the patient, and after the succession the successor", () => {
    expect(check([anchored(PATIENT)], [succeeded(PATIENT, HEIR)], [anchored(HEIR)])).toMatch(HOLDS);
    expect(check([anchored(PATIENT), succeeded(PATIENT, HEIR), anchored(HEIR)])).toMatch(HOLDS);
  });

  it("may not be a successor without or before the succession, nor the patient after it", () => {
    expect(check([anchored(HEIR)])).toMatch(FOREIGN);
    expect(check([anchored(HEIR)], [succeeded(PATIENT, HEIR)])).toMatch(FOREIGN);
    expect(check([anchored(HEIR), succeeded(PATIENT, HEIR)])).toMatch(FOREIGN);
    expect(check([succeeded(PATIENT, HEIR)], [anchored(PATIENT)])).toMatch(FOREIGN);
  });

  it("are not made so by the succession of somebody else, or by an event of another contract", () => {
    expect(check([succeeded(DIRECTORY, HEIR)], [anchored(HEIR)])).toMatch(FOREIGN);
    expect(check([succeeded(PATIENT, HEIR, HEIR)], [anchored(HEIR)])).toMatch(FOREIGN);
  });
});
