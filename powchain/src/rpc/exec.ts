import { createBlock, type Block } from "@ethereumjs/block";
import type { ExecResult } from "@ethereumjs/evm";
import { createTx, type AccessList } from "@ethereumjs/tx";
import {
  bigIntToHex,
  bytesToHex,
  createAddressFromString,
  hexToBytes,
  type Address,
  type PrefixedHexString,
} from "@ethereumjs/util";
import { runTx } from "@ethereumjs/vm";
import { nextEnvironment } from "../block-builder.ts";
import type { Chain } from "../chain.ts";
import { BLOCK_GAS_LIMIT } from "../common.ts";
import { messageOf } from "../errors.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";
import {
  address,
  hash,
  hex,
  isObject,
  quantity,
  requireBlock,
  stateRootAt,
  type BlockReference,
  type MethodTable,
} from "./params.ts";
import { revertReason } from "./revert.ts";

interface CallRequest {
  readonly from: Address;
  readonly to: Address | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly gas: bigint | undefined;
  /** Highest price per gas the sender would pay; limits an estimate to what he can afford. */
  readonly maxFee: bigint;
  readonly accessList: AccessList;
}

/** Result of a run: `gas` is what it needed before refunds, the intrinsic part included. */
interface Outcome {
  readonly result: ExecResult;
  readonly gas: bigint;
  /** What was touched besides sender and callee; unless a contract was the sender. */
  readonly touched?: AccessList | undefined;
}

const ZERO_ADDRESS = `0x${"00".repeat(20)}`;
/** A call that sends value keeps this much for the callee (Yellow Paper, Gcallstipend). */
const CALL_STIPEND = 2300n;

/** Execution without a transaction. At "latest" and "pending" it sees number and time of the block to come. */
export function executionMethods(chain: Chain): MethodTable {
  return {
    eth_call: async ([request, reference, overrides]) => {
      refuseOverrides(overrides);
      const call = parseCall(request);
      const at = requireBlock(chain, reference);
      const { result } = await execute(chain, call, at, environmentAt(chain, at), call.gas ?? BLOCK_GAS_LIMIT);
      throwIfFailed(result);
      return bytesToHex(result.returnValue);
    },
    eth_estimateGas: async ([request, reference, overrides]) => {
      refuseOverrides(overrides);
      return bigIntToHex(await estimateGas(chain, parseCall(request), requireBlock(chain, reference)));
    },
    eth_createAccessList: async ([request, reference, overrides]) => {
      refuseOverrides(overrides);
      return createAccessList(chain, parseCall(request), requireBlock(chain, reference));
    },
  };
}

/**
 * Smallest gas limit with which the call succeeds. What a run with all the gas has used is nearly always enough; only
 * when inner calls lose gas to the 63/64 rule (EIP-150) is the limit searched by halving.
 */
async function estimateGas(chain: Chain, call: CallRequest, at: BlockReference): Promise<bigint> {
  const cap = await affordableGas(chain, call, at);
  const environment = aSecondLater(environmentAt(chain, at), chain.head);
  const { result, gas: used } = await execute(chain, call, at, environment, cap);
  throwIfFailed(result);
  const succeeds = async (gas: bigint): Promise<boolean> => {
    try {
      return (await execute(chain, call, at, environment, gas)).result.exceptionError === undefined;
    } catch (error) {
      if (error instanceof RpcError) return false;
      throw error;
    }
  };
  if (used >= cap || (await succeeds(used))) return used;
  let low = used;
  let high = cap;
  const guess = ((used + CALL_STIPEND) * 64n) / 63n;
  if (guess < high) {
    if (await succeeds(guess)) high = guess;
    else low = guess;
  }
  while (low + 1n < high) {
    const middle = (low + high) / 2n;
    if (await succeeds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

async function affordableGas(chain: Chain, call: CallRequest, at: BlockReference): Promise<bigint> {
  const cap = call.gas ?? BLOCK_GAS_LIMIT;
  if (call.maxFee === 0n) return cap;
  const state = await chain.machine.stateAt(stateRootAt(chain, at));
  const balance = (await state.getAccount(call.from))?.balance ?? 0n;
  if (balance < call.value) throw new RpcError(RPC_CODE.rejected, "insufficient funds for transfer");
  const affordable = (balance - call.value) / call.maxFee;
  return affordable < cap ? affordable : cap;
}

/** What the call touches, and the gas that it needs with that as its access list (EIP-2930), which may lead it elsewhere. */
async function createAccessList(chain: Chain, call: CallRequest, at: BlockReference) {
  const environment = environmentAt(chain, at);
  let { accessList } = call;
  for (;;) {
    const gas = call.gas ?? BLOCK_GAS_LIMIT;
    const { result, gas: used, touched = [] } = await execute(chain, { ...call, accessList }, at, environment, gas);
    const failed = result.exceptionError && { error: result.exceptionError.error };
    if (failed || sizeOf(touched) <= sizeOf(accessList)) return { accessList, gasUsed: bigIntToHex(used), ...failed };
    accessList = touched;
  }
}

const sizeOf = (accessList: AccessList): number =>
  accessList.reduce((sum, { storageKeys }) => sum + 1 + storageKeys.length, 0);

/** Runs the call at price zero on a copy of the state, of which nothing is kept. */
async function execute(
  chain: Chain,
  call: CallRequest,
  at: BlockReference,
  environment: Block,
  gas: bigint,
): Promise<Outcome> {
  const { from, value, data, accessList } = call;
  const to = call.to && { to: call.to };
  const { vm } = await chain.machine.at(stateRootAt(chain, at));
  const block = freeEnvironment(environment);
  const tx = createTx(
    { type: 1, chainId: chain.common.chainId(), gasPrice: 0n, gasLimit: gas, ...to, value, data, accessList },
    { common: chain.common, freeze: false },
  );
  tx.getSenderAddress = () => from;
  const intrinsic = tx.getIntrinsicGas();
  try {
    // A contract cannot sign (EIP-3607), but may be asked about as a caller.
    if ((await vm.stateManager.getCode(from)).length > 0 && gas >= intrinsic) {
      const gasLimit = gas - intrinsic;
      const { execResult } = await vm.evm.runCall({ caller: from, origin: from, ...to, value, data, gasLimit, block });
      return { result: execResult, gas: intrinsic + execResult.executionGasUsed };
    }
    const { execResult, accessList: touched } = await runTx(vm, {
      tx,
      block,
      skipNonce: true,
      skipBlockGasLimitValidation: true,
      skipHardForkValidation: true,
      reportAccessList: true,
    });
    return { result: execResult, gas: intrinsic + execResult.executionGasUsed, touched };
  } catch (error) {
    throw new RpcError(RPC_CODE.rejected, explain(messageOf(error)));
  }
}

function environmentAt(chain: Chain, at: BlockReference): Block {
  return at.kind === "latest" ? nextEnvironment(chain.head) : at.block;
}

/**
 * Blocks of one second share its timestamp. Whoever estimates in it is mined in a later one perhaps, where writing the time again costs
 * more: a contract's slot changes then.
 */
function aSecondLater(environment: Block, head: Block): Block {
  const { header, common } = environment;
  if (header.number <= head.header.number || header.timestamp > head.header.timestamp) return environment;
  const { parentHash, coinbase, number, gasLimit, difficulty } = header;
  const timestamp = header.timestamp + 1n;
  return createBlock(
    { header: { parentHash, coinbase, number, timestamp, gasLimit, difficulty } },
    { common, skipConsensusFormatValidation: true },
  );
}

/** The environment with base fee zero, so that a call at price zero is valid. */
function freeEnvironment(block: Block): Block {
  const { parentHash, coinbase, number, timestamp, gasLimit, difficulty } = block.header;
  return createBlock(
    { header: { parentHash, coinbase, number, timestamp, gasLimit, difficulty, baseFeePerGas: 0n } },
    { common: block.common, skipConsensusFormatValidation: true },
  );
}

function throwIfFailed(result: ExecResult): void {
  const error = result.exceptionError?.error;
  if (error === undefined) return;
  if (error !== "revert") throw new RpcError(RPC_CODE.rejected, error);
  const reason = revertReason(result.returnValue);
  const message = reason === undefined ? "execution reverted" : `execution reverted: ${reason}`;
  throw new RpcError(RPC_CODE.reverted, message, bytesToHex(result.returnValue));
}

function explain(message: string): string {
  if (message.includes("INTRINSIC_GAS_TOO_LOW")) return "intrinsic gas too low";
  if (message.includes("enough funds")) return "insufficient funds for transfer";
  return message.split(" (vm hf=")[0]!;
}

function parseCall(value: unknown): CallRequest {
  if (!isObject(value)) throw invalidParams("the call must be an object");
  const optional = (name: string) => (value[name] == null ? undefined : quantity(value[name], name));
  const input = value["input"] ?? value["data"] ?? "0x";
  return {
    from: createAddressFromString(value["from"] == null ? ZERO_ADDRESS : address(value["from"], "from")),
    to: value["to"] == null ? undefined : createAddressFromString(address(value["to"], "to")),
    value: optional("value") ?? 0n,
    data: hexToBytes(hex(input, "data")),
    gas: limit(optional("gas")),
    maxFee: optional("maxFeePerGas") ?? optional("gasPrice") ?? 0n,
    accessList: parseAccessList(value["accessList"]),
  };
}

function limit(gas: bigint | undefined): bigint | undefined {
  return gas !== undefined && gas > BLOCK_GAS_LIMIT ? BLOCK_GAS_LIMIT : gas;
}

function parseAccessList(value: unknown): AccessList {
  if (value == null) return [];
  if (!Array.isArray(value)) throw invalidParams("accessList must be a list");
  return value.map((entry: unknown) => {
    const keys: unknown = isObject(entry) ? entry["storageKeys"] : undefined;
    if (!isObject(entry) || !Array.isArray(keys))
      throw invalidParams("accessList entries need address and storageKeys");
    const storageKeys: PrefixedHexString[] = keys.map((key: unknown) => hash(key, "storage key"));
    return { address: address(entry["address"]), storageKeys };
  });
}

function refuseOverrides(value: unknown): void {
  if (isObject(value) && Object.keys(value).length > 0) throw invalidParams("state overrides are not supported");
}
