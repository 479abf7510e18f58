import { useQuery } from "@tanstack/react-query";
import { BaseError, RawContractError, type Hex, type Transaction, type TransactionReceipt } from "viem";
import { decodeRevert, type Decoded } from "../../lib/chain/decode.ts";
import { useAudit } from "./useAudit.ts";

function revertData(error: unknown): Hex | null {
  if (!(error instanceof BaseError)) return null;
  const raw = error.walk(
    (cause) => cause instanceof RawContractError || (cause as { data?: unknown }).data !== undefined,
  );
  const data = (raw as { data?: unknown } | null)?.data;
  const hex = typeof data === "object" && data !== null && "data" in data ? data.data : data;
  return typeof hex === "string" && hex.startsWith("0x") ? (hex as Hex) : null;
}

/** Why a transaction failed: it is run again on the block before it, since a receipt does not keep the reason. */
export function useRevertReason(transaction: Transaction, receipt: TransactionReceipt): Decoded | null {
  const { client, chainId, deployment } = useAudit();
  const { data = null } = useQuery({
    queryKey: ["audit", chainId, "revert", transaction.hash],
    enabled: receipt.status === "reverted" && transaction.to !== null,
    staleTime: Infinity,
    queryFn: async () => {
      if (!transaction.to) return null;
      try {
        await client.call({
          account: transaction.from,
          to: transaction.to,
          data: transaction.input,
          value: transaction.value,
          blockNumber: receipt.blockNumber - 1n,
        });
        return null; // It would have worked there: what came before it in the same block made it fail.
      } catch (error) {
        const hex = revertData(error);
        return hex ? decodeRevert(deployment, transaction.to, hex) : null;
      }
    },
  });
  return data;
}
