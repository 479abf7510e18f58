/** What a block explorer is given, so that it shows the source of the deployed contracts and decodes their calls (docs/deployment.md). */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AbiCoder, Interface, keccak256, toUtf8Bytes } from "ethers";
import hre from "hardhat";
import { type Addresses, type Asked, PARTS, type System } from "./check-deployment.ts";
import { type Compiled, type StandardInput, compileInput, firstError } from "./solidity.ts";

/** What the constructors take, by where it stands in the deployment or in what was asked for. */
const ARGUMENTS: Readonly<Record<keyof System, readonly (keyof System | keyof Asked)[]>> = {
  keyDirectory: ["successionDelay"],
  registry: ["registrar", "keyDirectory"],
  hospital: ["registry", "keyDirectory"],
  consent: ["registry", "keyDirectory", "emergencyCoolDown"],
  records: ["consent", "keyDirectory"],
  appointments: ["registry", "consent", "keyDirectory"],
  prescriptions: ["registry", "records"],
  accessLog: [],
};

interface BuildInfo {
  readonly solcLongVersion: string;
  readonly input: StandardInput;
}

/** Where a contract is, and how it was made. */
export interface PlacedContract {
  readonly address: string;
  /** Source and name, as the standard JSON input has them. */
  readonly identifier: string;
  /** ABI-encoded. */
  readonly constructorArguments: string;
}

/** `contracts.json`. */
export interface PlacedSystem {
  readonly chainId: number;
  readonly compiler: string;
  readonly contracts: Readonly<Record<string, PlacedContract>>;
}

/** The compiler's own description of a contract, whose hash ends the contract's code, and the sources that it names. */
function describe(input: StandardInput, output: Compiled, source: string, name: string) {
  const metadata = output.contracts?.[source]?.[name]?.metadata;
  if (metadata === undefined) throw new Error(`The compiler does not describe ${name}: ${firstError(output) ?? ""}`);
  const named = Object.keys((JSON.parse(metadata) as { sources: object }).sources);
  return { metadata, sources: Object.fromEntries(named.map((path) => [path, input.sources[path]!])) };
}

/** Descriptions of everything in a build, for which the compiler makes no code. */
function describeAll({ input }: BuildInfo): Compiled {
  return compileInput({ ...input, settings: { ...input.settings, outputSelection: { "*": { "*": ["metadata"] } } } });
}

async function readBuild(name: string) {
  const artifact = await hre.artifacts.readArtifact(name);
  const { inputSourceName: source, buildInfoId } = artifact;
  const path = buildInfoId === undefined ? undefined : await hre.artifacts.getBuildInfoPath(buildInfoId);
  if (source === undefined || path === undefined) throw new Error(`There is no build of ${name}. Run npm run build.`);
  return { artifact, source, path, build: JSON.parse(await readFile(path, "utf8")) as BuildInfo };
}

/**
 * The files by their paths: `contracts.json`; of each contract `<name>/standard-input.json` and `<name>/metadata.json`; and every source
 * once, as `sources/<keccak256>.sol`.
 */
async function sourceFiles(chainId: number, addresses: Addresses, asked: Asked): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const contracts: Record<string, PlacedContract> = {};
  const compilers = new Set<string>();
  const outputs = new Map<string, Compiled>();
  const values = { ...addresses, ...asked };
  for (const [name, part] of Object.entries(PARTS)) {
    const { artifact, source, path, build } = await readBuild(name);
    const output = outputs.get(path) ?? describeAll(build);
    outputs.set(path, output);
    const { metadata, sources } = describe(build.input, output, source, name);
    const outputSelection = { "*": { "*": ["abi", "metadata", "evm.bytecode", "evm.deployedBytecode"] } };
    const input: StandardInput = { ...build.input, sources, settings: { ...build.input.settings, outputSelection } };
    files.set(`${name}/standard-input.json`, `${JSON.stringify(input, null, 2)}\n`);
    files.set(`${name}/metadata.json`, metadata);
    for (const { content } of Object.values(sources))
      files.set(`sources/${keccak256(toUtf8Bytes(content))}.sol`, content);
    const inputs = new Interface(artifact.abi).deploy.inputs;
    const constructorArguments = AbiCoder.defaultAbiCoder().encode(
      inputs,
      ARGUMENTS[part].map((value) => values[value]),
    );
    contracts[name] = { address: addresses[part], identifier: `${source}:${name}`, constructorArguments };
    compilers.add(`v${build.solcLongVersion}`);
  }
  const placed: PlacedSystem = { chainId, compiler: [...compilers].join(), contracts };
  return files.set("contracts.json", `${JSON.stringify(placed, null, 2)}\n`);
}

/** Writes the files into a folder. `npm run build` was run before. */
export async function writeSources(folder: string, chainId: number, addresses: Addresses, asked: Asked): Promise<void> {
  for (const [path, content] of await sourceFiles(chainId, addresses, asked)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
