import { UserRejectedRequestError } from "viem";
import { describe, expect, it } from "vitest";
import { REVERT_SENTENCES, toChainError } from "../../src/chain/reverts.ts";
import * as sdk from "../../src/index.ts";

const ABIS = [
  sdk.accessLogAbi,
  sdk.appointmentsAbi,
  sdk.consentRegistryAbi,
  sdk.hospitalAbi,
  sdk.hospitalRegistryAbi,
  sdk.keyDirectoryAbi,
  sdk.prescriptionsAbi,
  sdk.recordRegistryAbi,
];

/** Errors that no call of this sdk can meet: they guard deployment, wiring and libraries. */
const UNREACHABLE = [
  "FailedDeployment",
  "InsufficientBalance",
  "InvalidShortString",
  "StringTooLong",
  "OwnableInvalidOwner",
  "HospitalRegistry_OnlyHospital",
  "Hospital_OnlyRegistry",
  "Hospital_AlreadyInitialized",
  "Hospital_EmptyKey",
  "RecordRegistry_AlreadyWired",
  "RecordRegistry_OnlyDeployer",
  "RecordRegistry_OnlyPrescriptions",
  "SuccessionObserver_OnlyDirectory",
  "Succession_AlreadyWired",
  "Succession_OnlyDeployer",
];

describe("reverts", () => {
  it("have a sentence each, and no sentence is left over", () => {
    const names = new Set(ABIS.flatMap((abi) => abi.filter((item) => item.type === "error").map(({ name }) => name)));
    const needed = [...names].filter((name) => !UNREACHABLE.includes(name)).sort();
    expect(
      Object.keys(REVERT_SENTENCES)
        .filter((name) => !UNREACHABLE.includes(name))
        .sort(),
    ).toEqual(needed);
    for (const sentence of Object.values(REVERT_SENTENCES)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it("tell a rejection in the wallet from a failure", () => {
    expect(toChainError(new UserRejectedRequestError(new Error("no")))).toMatchObject({ code: "WALLET_REJECTED" });
    expect(toChainError({ code: 4001 })).toMatchObject({ code: "WALLET_REJECTED" });
    expect(toChainError(new Error("boom"))).toMatchObject({ code: "CHAIN_FAILED" });
  });
});
