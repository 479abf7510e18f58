import process from "node:process";
import type { CID } from "multiformats/cid";
import { sendJson, sendLines } from "../http/respond.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { RpcCommand } from "./context.ts";

/** Layout of the data directory; raised when a newer store could not read an older one. */
const REPO_VERSION = "1";

/** `id`: the name of this store. It has no addresses, since it joins no network. */
export const id: RpcCommand = async ({ repo, response }) => {
  const { peerId, publicKey } = repo.identity;
  const agent = `chartkey-store/${packageJson.version}`;
  sendJson(response, { ID: peerId, PublicKey: publicKey, Addresses: [], AgentVersion: agent, Protocols: [] });
};

/** `version` */
export const version: RpcCommand = async ({ response }) => {
  const system = `${process.arch}/${process.platform}`;
  sendJson(response, {
    Version: packageJson.version,
    Commit: "",
    Repo: REPO_VERSION,
    System: system,
    Golang: `none (node ${process.version})`,
  });
};

/** `repo/stat`: blocks and bytes held, and bytes it could hold. The path is nobody else's business. */
export const repoStat: RpcCommand = async ({ repo, response }) => {
  const RepoSize = await repo.blocks.totalBytes();
  const StorageMax = RepoSize + (await repo.blocks.freeBytes());
  sendJson(response, { NumObjects: repo.blocks.count, RepoSize, RepoPath: "", StorageMax, Version: REPO_VERSION });
};

/** `repo/gc`: removes what no pin reaches, listing it. */
export const repoGc: RpcCommand = ({ repo, settings, response }) =>
  sendLines(response, removals(repo.collect()), settings.idleTimeoutMs);

async function* removals(removed: AsyncIterable<CID>): AsyncGenerator<unknown> {
  for await (const cid of removed) yield { Key: { "/": cid.toString() } };
}
