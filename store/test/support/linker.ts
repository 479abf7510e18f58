import { randomBytes } from "node:crypto";
import { openStore } from "./fixture.ts";
import { DOCTOR, Member, PATIENT, TableRights, gateOf } from "./member.ts";

/** Compact JWE in form alone: a store has no key to look further. */
export const jweOf = (length = 40): string =>
  `eyJhbGciOiJkaXIifQ..${"A".repeat(16)}.${"B".repeat(length)}.${"C".repeat(22)}`;
export const FHIR = "application/fhir+json";

export interface ListedLink {
  readonly link: string;
  readonly state: string;
  readonly uses: number;
  readonly remainingAttempts: number;
  readonly note: string;
  readonly openings: readonly { recipient: string }[];
}

const headersOf = ({ token }: Member) => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });

/** What a patient sends for a link, with what a test changes of it. */
export function linkOf(
  patient: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> & { id: string } {
  const id = randomBytes(32).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  return { id, patient, exp, files: [{ contentType: FHIR, jwe: jweOf() }], ...changes };
}

export function make(member: Member, body: object): Promise<Response> {
  return fetch(`${member.url}/links`, { method: "POST", headers: headersOf(member), body: JSON.stringify(body) });
}

export async function made(
  member: Member,
  changes: Record<string, unknown> = {},
): Promise<{ id: string; link: string }> {
  const body = linkOf(member.account, changes);
  const answer = await make(member, body);
  if (answer.status !== 200) throw new Error(await answer.text());
  return { id: body.id, link: ((await answer.json()) as { link: string }).link };
}

export const askList = (member: Member, patient = member.account): Promise<Response> =>
  fetch(`${member.url}/links?patient=${patient}`, { headers: headersOf(member) });

export async function list(member: Member, patient?: string): Promise<ListedLink[]> {
  const lines = (await (await askList(member, patient)).text()).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ListedLink);
}

export async function end(member: Member, link: string, owner = member.account): Promise<Response> {
  const headers = await member.headersFor(link, { kind: "link", owner }, {}, "removal");
  return fetch(`${member.url}/links?link=${link}`, { method: "DELETE", headers });
}

/** Replaces what a link opens. */
export async function renew(member: Member, link: string, jwe: string, act: "renewal" | "removal" = "renewal") {
  const headers = await member.headersFor(link, { kind: "link", owner: member.account }, {}, act);
  const body = JSON.stringify({ files: [{ contentType: FHIR, jwe }] });
  return fetch(`${member.url}/links?link=${link}`, { method: "PUT", headers, body });
}

/** Asks for a manifest, as anybody who has the link does. */
export function open(url: string, id: string, fields: Record<string, unknown> = {}): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${url}/shl/${id}`, {
    method: "POST",
    headers,
    body: JSON.stringify({ recipient: "Dr Roth", ...fields }),
  });
}

/** A store with a gate over a chain of tests, with a patient and a doctor at it. */
export async function begin(options: object = {}, settings: object = {}) {
  const rights = new TableRights();
  const gate = gateOf(rights, { linkRate: { burst: 1_000, perSecond: 1_000 }, ...options });
  const { store, dataDir } = await openStore({ gate, ...settings });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  return { rights, gate, store, dataDir, url: store.url, patient: patient!, doctor: doctor! };
}

/** The files of a manifest. */
export const filesOf = async (answer: Response) => ((await answer.json()) as { files: Record<string, string>[] }).files;
