import { type Hex, type RpcTransaction, concatHex, numberToHex, toRlp } from "viem";
import { ChartkeyError } from "../errors.ts";
import { rlpInteger } from "./header.ts";

/** An RLP item: bytes, or a list of items. */
type Item = Hex | readonly Item[];

/** A signature's part of a transaction or an authorization: the parity of y, r and s. */
const signature = ({ yParity, v, r, s }: { yParity?: Hex | undefined; v?: Hex | undefined; r: Hex; s: Hex }): Hex[] =>
  [yParity ?? v ?? "0x", r, s].map(rlpInteger);

function fieldsOf(transaction: RpcTransaction): Item[] {
  const { nonce, gas, to, value, input } = transaction;
  const call = (...prices: Hex[]): Hex[] => [
    ...[nonce, ...prices, gas].map(rlpInteger),
    to ?? "0x",
    rlpInteger(value),
    input,
  ];
  if (transaction.type === "0x0")
    return [...call(transaction.gasPrice), ...[transaction.v, transaction.r, transaction.s].map(rlpInteger)];
  const accesses = (transaction.accessList ?? []).map(({ address, storageKeys }): Item => [address, [...storageKeys]]);
  const chainId = rlpInteger(numberToHex(BigInt(transaction.chainId)));
  if (transaction.type === "0x1") return [chainId, ...call(transaction.gasPrice), accesses, ...signature(transaction)];
  const fees = [transaction.maxPriorityFeePerGas, transaction.maxFeePerGas] as const;
  const own = (): Item[] => {
    if (transaction.type === "0x3")
      return [rlpInteger(transaction.maxFeePerBlobGas), [...(transaction.blobVersionedHashes ?? [])]];
    if (transaction.type !== "0x4") return [];
    return [
      (transaction.authorizationList ?? []).map((each): Item => [
        rlpInteger(each.chainId),
        each.address,
        rlpInteger(each.nonce),
        ...signature(each),
      ]),
    ];
  };
  return [chainId, ...call(...fees), accesses, ...own(), ...signature(transaction)];
}

/** Types whose form is known: legacy, EIP-2930, EIP-1559, EIP-4844, EIP-7702. */
const KNOWN_TYPES = ["0x0", "0x1", "0x2", "0x3", "0x4"];

/** Bytes of a transaction as the transactions trie holds them (EIP-2718). Throws `TRANSACTION_MALFORMED` for types that are not of Ethereum. */
export function encodeTransaction(transaction: RpcTransaction): Hex {
  if (!KNOWN_TYPES.includes(transaction.type))
    throw new ChartkeyError("TRANSACTION_MALFORMED", `A transaction of type ${transaction.type} cannot be checked.`);
  const payload = toRlp(fieldsOf(transaction));
  return transaction.type === "0x0"
    ? payload
    : concatHex([numberToHex(Number(transaction.type), { size: 1 }), payload]);
}
