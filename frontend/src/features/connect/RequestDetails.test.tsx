import { cleanup, render, screen } from "@testing-library/react";
import { encodeFunctionData } from "viem";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { contractAbis } from "../../lib/chain/contracts.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { TransactionDetails } from "./RequestDetails.tsx";

vi.mock("wagmi", () => ({ useChainId: () => 1 }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("names in the sentence what is signed, not numbers", () => {
  const account = "0x0000000000000000000000000000000000000001";
  const abi = contractAbis.HospitalRegistry;
  const args = [4, account, 3, `0x${"1".repeat(64)}`] as const;
  const data = encodeFunctionData({ abi, functionName: "setAccreditation", args });
  render(<TransactionDetails request={{ kind: "transaction", account, to: account, data, value: 0n }} />);
  expect(screen.getByText("I set the accreditation of hospital no. 4 to: Suspended.")).toBeTruthy();
});
