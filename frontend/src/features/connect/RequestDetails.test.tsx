import { cleanup, render, screen } from "@testing-library/react";
import { type TypedDataDefinition, encodeFunctionData, zeroHash } from "viem";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { contractAbis } from "../../lib/chain/contracts.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import { languages } from "../../lib/i18n/languages.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { MessageDetails, TransactionDetails, TypedDataDetails } from "./RequestDetails.tsx";

const account = "0x0000000000000000000000000000000000000001";
const doctor = "0x0000000000000000000000000000000000000002";
const clinic = "0x0000000000000000000000000000000000000003";

vi.mock("wagmi", () => ({ useChainId: () => 1, useConnection: () => ({ address: undefined }) }));
vi.mock("../../lib/hospitals/useHospitals.ts", async (original) => ({
  ...(await original<object>()),
  useHospitals: () => ({
    data: [{ id: 4, address: clinic, listing: { name: "Ridgeway", staff: [{ account: doctor, name: "Dr Ada" }] } }],
  }),
}));

afterEach(cleanup);

function showCall(abi: (typeof contractAbis)[keyof typeof contractAbis], functionName: string, args: unknown[]): void {
  const data = encodeFunctionData({ abi, functionName, args } as never);
  render(<TransactionDetails request={{ kind: "transaction", account, to: account, data, value: 0n }} />);
}

/** What stands beside a label. */
const valueOf = (label: string) => screen.getByText(label).nextElementSibling?.textContent;

describe("a prompt in English", () => {
  beforeAll(() => startTestI18n("en"));

  it("O17 names in the sentence what is signed, not numbers", () => {
    showCall(contractAbis.HospitalRegistry, "setAccreditation", [4, account, 3, `0x${"1".repeat(64)}`]);
    expect(screen.getByText("I set the accreditation of hospital no. 4 to: Suspended.")).toBeTruthy();
  });

  it("O17 says of a mandate what it lets somebody do", () => {
    const expiry = Math.floor(Date.now() / 1000) + 86_400;
    showCall(contractAbis.ConsentRegistry, "appointDelegate", [account, doctor, 0b101, expiry]);
    expect(valueOf("May do")).toMatch(/give access.*book visits/);
    expect(valueOf("Delegate")).toContain("Dr Ada");
  });

  it("O17 says whose access a revocation ends, and of the patient's own that it only renews keys", () => {
    const sentence = () => document.querySelector(".ck-sentence")?.textContent;
    const types = { Revoke: ["patient", "grantee"].map((name) => ({ name, type: "address" })) };
    const typed = (grantee: string) => {
      const data = { domain: {}, types, primaryType: "Revoke", message: { patient: account, grantee } };
      render(<TypedDataDetails request={{ kind: "typedData", account, data: data as TypedDataDefinition }} />);
    };
    for (const show of [
      typed,
      (of: string) => showCall(contractAbis.ConsentRegistry, "revoke", [account, of, zeroHash]),
    ]) {
      show(doctor);
      expect(sentence()).toMatch(/^I end the access of the account named below/);
      expect(valueOf("Doctor")).toContain("Dr Ada");
      cleanup();
      show(account);
      expect(sentence()).toMatch(/^I renew the keys .* Nobody’s access ends by this\.$/);
      cleanup();
    }
  });

  it("O17 says a fee in ether, as the page does, with the contract's own unit folded; and that none is free of charge", () => {
    const offer = (fee: bigint) => showCall(contractAbis.Appointments, "publishAvailability", [4, 20_000, [], fee]);
    offer(20_000_000n);
    const [shown, folded] = screen.getAllByText("Fee of a visit").map((label) => label.nextElementSibling);
    expect(shown?.textContent).toBe("0.02 ETH");
    expect(folded?.textContent).toBe("20000000 gwei");
    expect(folded?.closest("details:not([open])")).not.toBeNull();
    expect(shown?.closest("details")).toBeNull();
    cleanup();
    offer(0n);
    expect(screen.getAllByText("Fee of a visit")[0]?.nextElementSibling?.textContent).toBe("free of charge");
  });

  it("says whose contract a hospital's is when the registry says so, and warns of one that it does not list", () => {
    const data = encodeFunctionData({ abi: contractAbis.Hospital, functionName: "leaveHospital", args: [account] });
    for (const [to, words] of [
      [clinic, /the contract of Ridgeway/],
      [doctor, /Decline unless you know why/],
    ] as const) {
      render(<TransactionDetails request={{ kind: "transaction", account, to, data, value: 0n }} />);
      expect(screen.getByText(words)).toBeTruthy();
      cleanup();
    }
  });

  it("says what a sign-in of this page means before its words, and of no other page’s", () => {
    const asks = (host: string) => `${host} wants you to sign in with your Ethereum account:\n${account}`;
    render(<MessageDetails request={{ kind: "message", account, text: asks(window.location.host) }} />);
    expect(screen.getByText(/^I sign in/)).toBeTruthy();
    cleanup();
    render(<MessageDetails request={{ kind: "message", account, text: asks("elsewhere.example") }} />);
    expect(screen.queryByText(/^I sign in/)).toBeNull();
  });

  it("O17 warns of a call, and of typed data, that it does not know", () => {
    render(
      <TransactionDetails request={{ kind: "transaction", account, to: account, data: "0xdeadbeef", value: 0n }} />,
    );
    const data = { domain: {}, types: { Drain: [] }, primaryType: "Drain", message: {} } as TypedDataDefinition;
    render(<TypedDataDetails request={{ kind: "typedData", account, data }} />);
    expect(screen.getAllByText(/Decline unless you know why/)).toHaveLength(2);
    expect(document.querySelectorAll("details:not([open])")).toHaveLength(0);
  });
});

it.each(languages)("O17 says what the English warning of the unlocking means in $name", async ({ code }) => {
  await startTestI18n(code);
  const words = (await import(`../../locales/${code}/contracts.json`)) as { default: { note: { Unlock: string } } };
  const message = {
    purpose: "Unlock my Chartkey records on this device",
    warning: "Sign this only in the Chartkey app.",
  };
  const types = { Unlock: Object.keys(message).map((name) => ({ name, type: "string" })) };
  const data = { domain: {}, types, primaryType: "Unlock", message } as unknown as TypedDataDefinition;
  render(<TypedDataDetails request={{ kind: "typedData", account, data }} />);
  expect(screen.getByText(message.warning)).toBeTruthy();
  expect(screen.queryAllByText(words.default.note.Unlock)).toHaveLength(code === "en" ? 0 : 1);
});

describe.each(languages)("a grant's prompt in $name", ({ code }) => {
  beforeEach(() => startTestI18n(code));

  it("O17 shows who, where, what and until when, by name and in words", async () => {
    const words = (await import(`../../locales/${code}/common.json`)) as {
      default: { category: Record<string, string> };
    };
    const labels = (await import(`../../locales/${code}/contracts.json`)) as {
      default: { argument: Record<string, string> };
    };
    const { argument } = labels.default;
    const expiry = Math.floor(Date.now() / 1000) + 40 * 86_400;
    const terms = { grantee: doctor, hospital: 4, read: (1 << 2) | (1 << 5), write: 1 << 7, expiry, keyring: zeroHash };
    const fields = { patient: account, ...terms, expectedHead: zeroHash, signedAt: expiry, deadline: expiry };
    const types = { Grant: Object.keys(fields).map((name) => ({ name, type: TYPE_OF[name] ?? "bytes32" })) };
    const data = { domain: {}, types, primaryType: "Grant", message: fields } as unknown as TypedDataDefinition;
    render(<TypedDataDetails request={{ kind: "typedData", account, data }} />);
    expect(valueOf(argument["grantee"]!)).toContain("Dr Ada");
    expect(valueOf(argument["grantee"]!)).toContain("0x0000");
    expect(valueOf(argument["hospital"]!)).toBe("Ridgeway");
    for (const category of [2, 5]) expect(valueOf(argument["read"]!)).toContain(words.default.category[category]);
    expect(valueOf(argument["write"]!)).toBe(words.default.category[7]);
    const until = screen.getByText(argument["expiry"]!).nextElementSibling?.querySelector("time");
    expect(until?.title).toBe(formatDateTime(expiry, code));
    expect(until?.textContent).not.toContain(String(expiry));
    const isFolded = (name: string) => screen.getByText(argument[name]!).closest("details:not([open])") !== null;
    for (const name of ["patient", "grantee", "hospital", "read", "write", "expiry"])
      expect(isFolded(name)).toBe(false);
    for (const name of ["keyring", "expectedHead", "signedAt", "deadline"]) expect(isFolded(name)).toBe(true);
  });
});

const TYPE_OF: Readonly<Record<string, string>> = {
  ...{ patient: "address", grantee: "address", hospital: "uint32", read: "uint16", write: "uint16" },
  ...{ expiry: "uint40", signedAt: "uint40", deadline: "uint40" },
};
