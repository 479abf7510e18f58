import { bytesToBigInt } from "@ethereumjs/util";
import { keccak_256 } from "@noble/hashes/sha3.js";

/** Bytes of the fields of fixed length, by position (Yellow Paper, 4.3). */
const LENGTHS = new Map([0, 1, 3, 4, 5, 13].map((at) => [at, 32])).set(2, 20).set(6, 256).set(14, 8);
const EXTRA_DATA = 12;
/** With the base fee of EIP-1559. */
const FIELDS = 16;

/** A header as far as it is needed to check a block without executing it. EthereumJS's takes three times as long, and more memory. */
export class Header {
  readonly hash: Uint8Array;
  readonly difficulty: bigint;
  readonly number: bigint;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  readonly timestamp: bigint;
  readonly baseFeePerGas: bigint;
  readonly #rlp: Uint8Array;
  readonly #fields: readonly Uint8Array[];

  /**
   * @param fields what the RLP holds
   * @throws Error when there are too many or too few fields, or one is not as it must be
   */
  constructor(rlp: Uint8Array, fields: readonly Uint8Array[]) {
    if (fields.length !== FIELDS || !fields.every(isField))
      throw new Error("the header has not the fields of a header");
    const integer = (at: number) => bytesToBigInt(fields[at]!);
    this.#rlp = rlp;
    this.#fields = fields;
    this.hash = keccak_256(rlp);
    this.difficulty = integer(7);
    this.number = integer(8);
    this.gasLimit = integer(9);
    this.gasUsed = integer(10);
    this.timestamp = integer(11);
    this.baseFeePerGas = integer(15);
  }

  get parentHash(): Uint8Array {
    return this.#fields[0]!;
  }
  get uncleHash(): Uint8Array {
    return this.#fields[1]!;
  }
  get stateRoot(): Uint8Array {
    return this.#fields[3]!;
  }
  get transactionsRoot(): Uint8Array {
    return this.#fields[4]!;
  }
  get receiptsRoot(): Uint8Array {
    return this.#fields[5]!;
  }
  get extraData(): Uint8Array {
    return this.#fields[EXTRA_DATA]!;
  }
  get mixHash(): Uint8Array {
    return this.#fields[13]!;
  }
  get nonce(): Uint8Array {
    return this.#fields[14]!;
  }

  /** The fields in order, as in the RLP. */
  raw(): readonly Uint8Array[] {
    return this.#fields;
  }

  serialize(): Uint8Array {
    return this.#rlp;
  }

  /** Base fee of the next block (EIP-1559), in wei per gas. */
  nextBaseFee(): bigint {
    const { baseFeePerGas: fee, gasUsed, gasLimit } = this;
    const target = gasLimit / 2n;
    if (gasUsed === target) return fee;
    const change = (fee * (gasUsed > target ? gasUsed - target : target - gasUsed)) / target / 8n;
    if (gasUsed < target) return fee - change;
    return fee + (change > 1n ? change : 1n);
  }
}

/** Of its length; extra data of at most 32 bytes; an integer of at most 256 bits without leading zeros. */
function isField(field: unknown, at: number): boolean {
  if (!(field instanceof Uint8Array)) return false;
  const length = LENGTHS.get(at);
  if (length !== undefined) return field.length === length;
  return field.length <= 32 && (at === EXTRA_DATA || field[0] !== 0);
}
