import {
  type Abi,
  type Account,
  type Chain as ViemChain,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Address,
  type Hash,
  type ReplacementReason,
  type TransactionReceipt,
  type WaitForTransactionReceiptParameters,
  type Transport,
  type WalletClient,
} from "viem";
import { ChartkeyError } from "../errors.ts";
import { aboutOf } from "./about.ts";
import type { Chain } from "./connection.ts";
import { checkReceipt } from "./receipt.ts";
import { takenPlaceOf, toChainError } from "./reverts.ts";

/** A wallet with its account: a browser wallet or a local key. */
export type Wallet = WalletClient<Transport, ViemChain | undefined, Account>;

/** What a caller wants to know while a transaction is on its way. */
export interface TransactionWatcher {
  /** The wallet is about to ask. */
  onConfirm?: () => void;
  /** The transaction was sent. */
  onSent?: (hash: Hash) => void;
  /** The nonce to send under, asked right before the wallet is; without it the wallet chooses. */
  reserveNonce?: () => Promise<number>;
  /** How long a transaction may take to be mined before `CHAIN_TX_PENDING`, in milliseconds; default 3 minutes. */
  patience?: number;
}

type Mutability = "nonpayable" | "payable";

/** A contract call; names and arguments are checked against the ABI. */
export interface ContractCall<abi extends Abi, name extends ContractFunctionName<abi, Mutability>> {
  address: Address;
  abi: abi;
  functionName: name;
  args: ContractFunctionArgs<abi, Mutability, name>;
  /** Wei that go with it. */
  value?: bigint;
}

/** What a node says right after it was sent: by its sender and nonce it is known when another one takes its place. */
async function sentCall(
  { client }: Chain,
  hash: Hash,
): Promise<Pick<WaitForTransactionReceiptParameters, "replacement">> {
  const sent = await client.getTransaction({ hash }).catch(() => undefined);
  if (sent === undefined) return {};
  const { from, nonce, to, input, value } = sent;
  return { replacement: { from, nonce, to, input, value } };
}

/**
 * Simulates a call, has the wallet sign and send it, and waits until it is mined.
 * Throws `WALLET_REJECTED`, `REVERT_<error name>` (also when it fails in its block), `CHAIN_NO_FUNDS`, `CHAIN_TX_PENDING`,
 * `CHAIN_TX_REPLACED`, `CHAIN_RECEIPT_FALSE`, `CHAIN_FAILED`.
 * The same call that the wallet sent again for another fee is followed; a call that it cancelled, or put another in the place of, is an error.
 */
export async function transact<const abi extends Abi, name extends ContractFunctionName<abi, Mutability>>(
  chain: Chain,
  wallet: Wallet,
  call: ContractCall<abi, name>,
  { onConfirm, onSent, reserveNonce, patience = 180_000 }: TransactionWatcher = {},
): Promise<TransactionReceipt> {
  const request = { ...call, account: wallet.account, chain: wallet.chain } as unknown as Parameters<
    Wallet["writeContract"]
  >[0];
  try {
    await chain.client.simulateContract(request as unknown as Parameters<typeof chain.client.simulateContract>[0]);
    const numbered = reserveNonce === undefined ? {} : { nonce: await reserveNonce() };
    onConfirm?.();
    const hash = await wallet.writeContract({ ...request, ...numbered });
    onSent?.(hash);
    const { address: to, functionName } = call;
    const about = aboutOf(call.abi, functionName, call.args as readonly unknown[]);
    chain.onSent?.({ hash, from: wallet.account.address, to, functionName, ...(about === undefined ? {} : { about }) });
    let replaced: ReplacementReason | undefined;
    const onReplaced = ({ reason }: { reason: ReplacementReason }) => void (replaced = reason);
    const known = await sentCall(chain, hash);
    const receipt = await chain.client.waitForTransactionReceipt({ hash, timeout: patience, onReplaced, ...known });
    await checkReceipt(chain, receipt);
    if (replaced !== undefined && replaced !== "repriced") throw takenPlaceOf(receipt.transactionHash);
    if (receipt.status === "reverted") {
      await chain.client.simulateContract(request as unknown as Parameters<typeof chain.client.simulateContract>[0]);
      throw new ChartkeyError(
        "REVERT",
        "The transaction failed in its block: something changed in the meantime. Reload and try again.",
        {
          details: { hash },
        },
      );
    }
    return receipt;
  } catch (cause) {
    throw toChainError(cause);
  }
}
