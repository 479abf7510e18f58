import {
  createWalletClient,
  custom,
  hexToBigInt,
  hexToString,
  isHex,
  numberToHex,
  type Address,
  type Chain,
  type EIP1193RequestFn,
  type Hex,
  type LocalAccount,
  type TypedDataDefinition,
} from "viem";
import { askToSign, type SigningRequest } from "./approvals.ts";

/** An EIP-1193 error with its code. */
export class ProviderRpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = "ProviderRpcError";
    this.code = code;
  }
}

export interface DevelopmentProviderOptions {
  readonly chain: Chain;
  /** The account that signs, or null when none is chosen. */
  readonly account: () => Promise<LocalAccount | null>;
  /** Sends to the chain what a wallet does not answer itself. */
  readonly rpc: (request: { method: string; params?: unknown }) => Promise<unknown>;
  /** Asks the person; rejects when declined. */
  readonly ask?: (request: SigningRequest) => Promise<void>;
}

interface TransactionRequest {
  readonly to?: Address;
  readonly data?: Hex;
  readonly input?: Hex;
  readonly value?: Hex;
  readonly gas?: Hex;
  readonly nonce?: Hex;
}

/** A wallet as pages see it (EIP-1193), over one local key; it asks before each signature. */
export function createDevelopmentProvider(options: DevelopmentProviderOptions) {
  const { chain, rpc, ask = askToSign } = options;

  async function signer(address: unknown): Promise<LocalAccount> {
    const account = await options.account();
    if (!account) throw new ProviderRpcError(4100, "No account is connected.");
    if (typeof address !== "string" || address.toLowerCase() !== account.address.toLowerCase()) {
      throw new ProviderRpcError(4100, "The account is not the connected one.");
    }
    return account;
  }

  async function signMessage(message: unknown, address: unknown): Promise<Hex> {
    const account = await signer(address);
    if (!isHex(message)) throw new ProviderRpcError(-32602, "The message is not hex.");
    await ask({ kind: "message", account: account.address, text: hexToString(message) });
    return account.signMessage({ message: { raw: message } });
  }

  async function signTypedData(address: unknown, json: unknown): Promise<Hex> {
    const account = await signer(address);
    const data = (typeof json === "string" ? JSON.parse(json) : json) as TypedDataDefinition;
    const chainId = data.domain?.chainId;
    if (chainId !== undefined && BigInt(chainId) !== BigInt(chain.id)) {
      throw new ProviderRpcError(4901, "The data is for another chain.");
    }
    await ask({ kind: "typedData", account: account.address, data });
    return account.signTypedData(data);
  }

  async function sendTransaction(request: TransactionRequest & { readonly from?: Address }): Promise<Hex> {
    const account = await signer(request.from);
    const data = request.data ?? request.input ?? "0x";
    const value = request.value ? hexToBigInt(request.value) : 0n;
    await ask({ kind: "transaction", account: account.address, to: request.to ?? null, data, value });
    const client = createWalletClient({ account, chain, transport: custom({ request: rpc as EIP1193RequestFn }) });
    return client.sendTransaction({
      data,
      value,
      ...(request.to ? { to: request.to } : {}),
      ...(request.gas ? { gas: hexToBigInt(request.gas) } : {}),
      // The one that was reserved: of two transactions with it the chain takes one.
      ...(request.nonce ? { nonce: Number(request.nonce) } : {}),
    });
  }

  async function request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const args = Array.isArray(params) ? (params as unknown[]) : [];
    switch (method) {
      case "eth_accounts":
      case "eth_requestAccounts": {
        const account = await options.account();
        return account ? [account.address] : [];
      }
      case "eth_chainId":
        return numberToHex(chain.id);
      case "personal_sign":
        return signMessage(args[0], args[1]);
      case "eth_signTypedData_v4":
        return signTypedData(args[0], args[1]);
      case "eth_sendTransaction":
        return sendTransaction(args[0] as TransactionRequest);
      case "eth_sign":
      case "eth_signTransaction":
        throw new ProviderRpcError(4200, `The development wallet does not offer ${method}.`);
      case "wallet_switchEthereumChain":
        if (BigInt((args[0] as { chainId: Hex }).chainId) === BigInt(chain.id)) return null;
        throw new ProviderRpcError(4902, "The development wallet knows this chain only.");
      default:
        if (method.startsWith("wallet_")) throw new ProviderRpcError(4200, `Not offered: ${method}.`);
        return rpc({ method, params: args });
    }
  }

  return { request };
}

export type DevelopmentProvider = ReturnType<typeof createDevelopmentProvider>;
