import { parseCid } from "../../cid.ts";
import { readJson } from "../../http/body.ts";
import { sendJson, sendLines } from "../../http/respond.ts";
import type { Page } from "../page.ts";
import { parseAddress } from "../scope.ts";
import { MAX_LINK_BYTES, parseLink, parseRenewal } from "./link.ts";

/** The sealed files, and what is said of them. */
const MAX_BODY_BYTES = MAX_LINK_BYTES + 64 * 1024;

/** `POST /links`: a link of a patient, with what it opens. */
export const makeLink: Page = async ({ gate, settings: { idleTimeoutMs }, request, response }) => {
  const { account } = gate.sessionOf(request);
  const link = await gate.links.making.hold(account, async () => {
    const asked = parseLink(await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs }));
    await gate.readers.requirePatient(account, asked.patient);
    return gate.links.make(asked);
  });
  sendJson(response, { link });
};

/** `GET /links?patient=0x...`: the links of a patient, oldest first. */
export const listLinks: Page = async ({ gate, settings, request, response, url }) => {
  const patient = parseAddress(url.searchParams.get("patient"), "patient");
  await gate.readers.requirePatient(gate.sessionOf(request).account, patient);
  await sendLines(response, each(gate.links.listOf(patient)), settings.idleTimeoutMs);
};

async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

/** `PUT /links?link=<cid>`: replaces what a link opens. */
export const renewLink: Page = async ({ gate, settings: { idleTimeoutMs }, request, response, url }) => {
  const link = parseCid(url.searchParams.get("link") ?? "");
  const { account } = gate.sessionOf(request);
  await gate.links.making.hold(account, async () => {
    await gate.admitLinkChange("renewal", request, link);
    const files = parseRenewal(await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs }));
    await gate.links.renew(link.toString(), files);
  });
  response.writeHead(204).end();
};

/** `DELETE /links?link=<cid>`: ends a link. */
export const endLink: Page = async ({ gate, request, response, url }) => {
  const link = parseCid(url.searchParams.get("link") ?? "");
  await gate.admitLinkChange("removal", request, link);
  await gate.links.revoke(link.toString());
  response.writeHead(204).end();
};
