/** What callers and stored data depend on, of each deployed contract, in a form that a reviewer can read. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Interface, type InterfaceAbi, id } from "ethers";
import hre from "hardhat";
import { ROOT } from "../settings.ts";
import { type AstNode, type Compiled, compile, firstError, sourceOf } from "../solidity.ts";
import { type StorageLayout, storageLines } from "./storage.ts";

type Named = Readonly<Record<string, string>>;

export interface ContractSnapshot {
  /** Of the optimised code that is deployed, in bytes. */
  readonly deployedBytes: number;
  /** `slot+offset bytes type name`, and the members of the structs. */
  readonly storage: readonly string[];
  /** Signature with names, and selector or topic. */
  readonly functions: Named;
  readonly events: Named;
  readonly errors: Named;
  /** EIP-712 types that signatures are over, and their hashes. */
  readonly typeHashes: Named;
}

const byKey = (entries: readonly (readonly [string, string])[]): Named =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

function interfaceOf(abi: InterfaceAbi): Pick<ContractSnapshot, "functions" | "events" | "errors"> {
  const coder = new Interface(abi);
  const functions: [string, string][] = [];
  const events: [string, string][] = [];
  const errors: [string, string][] = [];
  coder.forEachFunction((item) => functions.push([item.format("full").replace("function ", ""), item.selector]));
  coder.forEachEvent((item) => events.push([item.format("full").replace("event ", ""), item.topicHash]));
  coder.forEachError((item) => errors.push([item.format("full").replace("error ", ""), item.selector]));
  return { functions: byKey(functions), events: byKey(events), errors: byKey(errors) };
}

/** Finds constants named `..._TYPEHASH` that are the hash of a text. */
function typeHashesOf(file: AstNode): Named {
  const contracts = (file["nodes"] as AstNode[]).filter(({ nodeType }) => nodeType === "ContractDefinition");
  const constants = contracts
    .flatMap(({ nodes }) => nodes as AstNode[])
    .filter(({ nodeType, name }) => nodeType === "VariableDeclaration" && String(name).endsWith("_TYPEHASH"));
  return byKey(
    constants.map(({ name, value }) => {
      const [text] = ((value as AstNode)["arguments"] ?? []) as AstNode[];
      if (typeof text?.["value"] !== "string") throw new Error(`${String(name)} is not the hash of a text.`);
      return [text["value"], id(text["value"])];
    }),
  );
}

function analyse(files: readonly string[]): Compiled {
  const output = compile(new Map(files.map((file) => [file, sourceOf(file)])), {
    "*": { "": ["ast"], "*": ["storageLayout"] },
  });
  const error = firstError(output);
  if (error !== undefined) throw new Error(error);
  return output;
}

/** Takes the snapshots of all contracts in contracts/*.sol, by name. They must be built. */
export async function contractSnapshots(): Promise<ReadonlyMap<string, ContractSnapshot>> {
  const files = readdirSync(join(ROOT, "contracts"))
    .filter((name) => name.endsWith(".sol"))
    .map((name) => `contracts/${name}`);
  const output = analyse(files);
  const snapshots = new Map<string, ContractSnapshot>();
  for (const file of files.sort()) {
    const name = basename(file, ".sol");
    const artifact = await hre.artifacts.readArtifact(name);
    const layout = output.contracts?.[file]?.[name] as unknown as { storageLayout: StorageLayout };
    snapshots.set(name, {
      deployedBytes: artifact.deployedBytecode.length / 2 - 1,
      storage: storageLines(layout.storageLayout),
      ...interfaceOf(artifact.abi as InterfaceAbi),
      typeHashes: typeHashesOf(output.sources[file]!.ast),
    });
  }
  return snapshots;
}
