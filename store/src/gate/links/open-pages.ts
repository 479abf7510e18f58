import type { IncomingMessage, ServerResponse } from "node:http";
import { StoreError } from "../../errors.ts";
import { readJson } from "../../http/body.ts";
import { sendJson } from "../../http/respond.ts";
import { invalid } from "../../rpc/params.ts";
import type { Exchange } from "../page.ts";
import type { ManifestRequest } from "./links.ts";

const MAX_BODY_BYTES = 4 * 1024;
const MAX_RECIPIENT = 100;
const MANIFEST = /^\/shl\/([\w-]{43})$/;
const FILE = /^\/shl\/file\/([\w.-]{1,256})$/;
const FHIR = "application/fhir+json";

/** Whether a path is one of a health link, which pages of every origin may ask for: the link is all that anybody needs. */
export const isLinkPath = (pathname: string): boolean => MANIFEST.test(pathname) || FILE.test(pathname);

/** Answers whoever has a health link; false when the path is none of one. */
export async function answerLink(exchange: Exchange): Promise<boolean> {
  const { gate, request, response, url } = exchange;
  const [manifest, file] = [MANIFEST.exec(url.pathname)?.[1], FILE.exec(url.pathname)?.[1]];
  if (manifest === undefined && file === undefined) return false;
  gate.countLinkRequest(request);
  response.setHeader("cache-control", "no-store");
  if (manifest !== undefined) await answerManifest(exchange, manifest);
  else await answerFile(exchange, file!);
  return true;
}

/** `POST /shl/<id>`: the manifest, for who says who he is and knows the passcode if there is one. */
async function answerManifest({ gate, settings, request, response }: Exchange, id: string): Promise<void> {
  requireMethod(request, response, "POST");
  const origin = gate.originOf(request);
  if (origin === undefined) throw new StoreError("STORE_FORBIDDEN", "this store does not go by this name");
  const { idleTimeoutMs } = settings;
  const asked = parseRequest(await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs }));
  const answer = await gate.links.open(id, asked);
  if ("remainingAttempts" in answer) return sendJson(response, answer, 401);
  const files = answer.map(({ ticket, ...file }) => ({
    ...file,
    ...(ticket === undefined ? {} : { location: `${origin}/shl/file/${ticket}` }),
    ...(file.contentType === FHIR ? { fhirVersion: "4.0.1" } : {}),
  }));
  sendJson(response, { files });
}

/** `GET /shl/file/<ticket>`: one file of a manifest. */
async function answerFile({ gate, request, response }: Exchange, ticket: string): Promise<void> {
  requireMethod(request, response, "GET");
  const jwe = Buffer.from(await gate.links.fetch(ticket));
  response.writeHead(200, { "content-type": "application/jose", "content-length": jwe.length }).end(jwe);
}

function requireMethod({ method }: IncomingMessage, response: ServerResponse, allowed: string): void {
  if (method === allowed) return;
  response.setHeader("allow", `${allowed}, OPTIONS`);
  throw new StoreError("STORE_METHOD_NOT_ALLOWED", `use ${allowed}`);
}

function parseRequest(body: unknown): ManifestRequest {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const { recipient, passcode, embeddedLengthMax } = fields;
  if (typeof recipient !== "string" || recipient.trim() === "") throw invalid('"recipient" must say who asks');
  const isMax =
    embeddedLengthMax === undefined || (Number.isSafeInteger(embeddedLengthMax) && Number(embeddedLengthMax) >= 0);
  if (!isMax) throw invalid('"embeddedLengthMax" must be a whole number');
  return {
    recipient: [...recipient.replaceAll(/\p{C}/gu, " ").trim()].slice(0, MAX_RECIPIENT).join(""),
    passcode: typeof passcode === "string" && passcode !== "" ? passcode : undefined,
    embeddedLengthMax: embeddedLengthMax === undefined ? undefined : Number(embeddedLengthMax),
  };
}
