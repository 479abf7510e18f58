import {
  type Abi,
  BaseError,
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  HttpRequestError,
  parseAbi,
  UserRejectedRequestError,
} from "viem";
import { describe, expect, it } from "vitest";
import { contractAbis } from "../chain/contracts.ts";
import { errorCode } from "./code.ts";
import { errorEntry, errorTable } from "./table.ts";
import english from "../../locales/en/errors.json" with { type: "json" };

const abi = parseAbi(["error ConsentRegistry_StaleHead(bytes32 current, bytes32 expected)", "function grant()"]);
const zero = `0x${"0".repeat(64)}` as const;

describe("errorCode", () => {
  it("names the contract's error inside the call that met it, with its arguments", () => {
    const data = encodeErrorResult({ abi, errorName: "ConsentRegistry_StaleHead", args: [zero, zero] });
    const revert = new ContractFunctionRevertedError({ abi, data, functionName: "grant" });
    const error = new ContractFunctionExecutionError(revert, { abi, functionName: "grant" });
    expect(errorCode(error)).toEqual({ code: "ConsentRegistry_StaleHead", args: [zero, zero] });
    expect(errorEntry(errorCode(error).code)).toMatchObject({ message: "staleConsent", action: "signAgain" });
  });

  it("takes a declined signature for a choice, however deep it lies", () => {
    const error = new BaseError("call failed", { cause: new UserRejectedRequestError(new Error("no")) });
    expect(errorCode(error).code).toBe("WALLET_REJECTED");
    expect(errorEntry("WALLET_REJECTED").tone).toBe("neutral");
  });

  it("tells an unreachable chain from a refusal", () => {
    expect(errorCode(new HttpRequestError({ url: "http://127.0.0.1:1" })).code).toBe("CHAIN_UNREACHABLE");
  });

  it("passes on the codes of the app's own errors", () => {
    expect(errorCode(Object.assign(new Error("x"), { code: "STORE_UNREACHABLE" })).code).toBe("STORE_UNREACHABLE");
  });

  it("reads the sdk's codes for reverts, and keeps its code over an unknown one inside", () => {
    expect(errorEntry("REVERT_Prescriptions_TooMuch").message).toBe("orderTooMuch");
    const inner = Object.assign(new Error("x"), { code: "ECONNRESET" });
    const outer = Object.assign(new Error("y", { cause: inner }), { code: "VAULT_LOCKED" });
    expect(errorCode(outer).code).toBe("VAULT_LOCKED");
  });

  it("knows what it does not know", () => {
    expect(errorCode(new Error("x")).code).toBe("UNKNOWN");
    expect(errorCode(undefined).code).toBe("UNKNOWN");
    expect(errorCode({ code: -32000 }).code).toBe("UNKNOWN");
    expect(errorEntry("toString")).toEqual(errorTable["UNKNOWN"]);
  });
});

/** Errors that no call of the app can meet: they guard deployment and libraries. */
const UNREACHABLE = [
  "FailedDeployment",
  "InsufficientBalance",
  "InvalidShortString",
  "StringTooLong",
  "OwnableInvalidOwner",
];

describe("error table", () => {
  it("has every custom error of the contracts, and no other", () => {
    const abis: readonly Abi[] = Object.values(contractAbis);
    const names = new Set(abis.flatMap((each) => each.filter((item) => item.type === "error").map(({ name }) => name)));
    const ofContracts = Object.keys(errorTable).filter((code) => /[a-z]/.test(code));
    expect(ofContracts.toSorted()).toEqual([...names].filter((name) => !UNREACHABLE.includes(name)).toSorted());
  });

  it("has a title and a sentence for every message, and no message without a code", () => {
    const used = new Set(Object.values(errorTable).map(({ message }) => message));
    expect(Object.keys(english.message).toSorted()).toEqual([...used].toSorted());
  });
});
