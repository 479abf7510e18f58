import type { IncomingMessage, ServerResponse } from "node:http";
import type { CID } from "multiformats/cid";
import { writeCar } from "./car.ts";
import { parseCid } from "./cid.ts";
import { readDag } from "./dag.ts";
import { StoreError } from "./errors.ts";
import { sendStream } from "./http/respond.ts";
import type { Passage } from "./passage.ts";
import type { Repo } from "./repo.ts";
import type { Settings } from "./settings.ts";

const RAW_TYPE = "application/vnd.ipld.raw";
const CAR_TYPE = "application/vnd.ipld.car";

type Format = "raw" | "car";

/**
 * The trustless gateway: one block (`raw`) or a whole DAG (`car`), which the reader verifies against the CID himself.
 * Files are never put together here, so no browser is ever given content to run.
 * @see https://specs.ipfs.tech/http-gateways/trustless-gateway/
 */
export async function answerGateway(
  repo: Repo,
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  admit: (cid: CID) => Promise<Passage>,
): Promise<void> {
  const cid = parseCid(url.pathname.slice("/ipfs/".length).replace(/\/$/, ""));
  const passage = await admit(cid);
  const format = formatOf(url.searchParams, request.headers.accept);
  if ((url.searchParams.get("dag-scope") ?? "all") !== "all" || url.searchParams.has("entity-bytes")) {
    throw new StoreError("STORE_REQUEST_INVALID", "only whole DAGs are served as CAR");
  }
  const etag = `"${cid}.${format}"`;
  response.setHeader("vary", "Origin, Accept");
  if (etags(request).includes(etag) && (await repo.blocks.has(cid))) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const root = await repo.blocks.get(cid);
  const headers = {
    "cache-control": passage.cacheControl,
    "content-disposition": `attachment; filename="${cid}.${format === "raw" ? "bin" : "car"}"`,
    "content-type": format === "raw" ? RAW_TYPE : `${CAR_TYPE}; version=1; order=dfs; dups=n`,
    etag,
    "x-ipfs-path": `/ipfs/${cid}`,
    ...(format === "raw" ? { "content-length": root.length } : {}),
  };
  if (request.method === "HEAD") response.writeHead(200, headers).end();
  else if (format === "raw") response.writeHead(200, headers).end(root);
  else await sendStream(response, headers, passage.guard(writeDag(repo, cid)), settings.idleTimeoutMs);
}

function writeDag(repo: Repo, cid: CID): AsyncGenerator<Uint8Array> {
  return writeCar([cid], readDag(repo.blocks, cid));
}

function formatOf(query: URLSearchParams, accept = ""): Format {
  const asked = query.get("format");
  if (asked === "raw" || asked === "car") return asked;
  if (asked === null) {
    if (accept.includes(RAW_TYPE)) return "raw";
    if (accept.includes(CAR_TYPE)) return "car";
  }
  throw new StoreError("STORE_NOT_ACCEPTABLE", "ask for format=raw or format=car, or send the matching Accept header");
}

function etags(request: IncomingMessage): string[] {
  return (request.headers["if-none-match"] ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}
