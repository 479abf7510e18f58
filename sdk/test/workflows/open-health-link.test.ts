import { createServer } from "node:http";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { newHealthLinkKey, sealHealthLinkFile } from "../../src/crypto/health-link.ts";
import type { HealthLink } from "../../src/workflows/health-link.ts";
import { openManifest, requestManifest } from "../../src/workflows/open-health-link.ts";

/** Links of other makers, whose servers answer what they like. */

const key = newHealthLinkKey();
const contentType = "application/fhir+json";
const data = utf8('{"resourceType":"Basic","code":{"text":"x"}}');
const READER = { recipient: "Dr Roth" };

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A server of links on this machine; what it is asked is noted. */
async function serve(answerOf: (path: string, origin: string) => Answer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url} ${Buffer.concat(parts).toString()}`);
      const { status = 200, headers = {}, body = "" } = answerOf(request.url ?? "", `http://${request.headers.host}`);
      response.writeHead(status, headers).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked };
}

const linkTo = (url: string, more: Partial<HealthLink> = {}): HealthLink => ({ url: `${url}/m`, key, ...more });

it("opens what is embedded, and what stands elsewhere by its location", async () => {
  const jwe = await sealHealthLinkFile(key, { contentType, data });
  const { url, asked } = await serve((path, origin) =>
    path === "/file"
      ? { body: `${jwe}\n`, headers: { "content-type": "application/jose" } }
      : {
          body: JSON.stringify({
            status: "finalized",
            files: [{ embedded: jwe }, { contentType, location: `${origin}/file` }],
          }),
        },
  );
  const manifest = await requestManifest(linkTo(url), { ...READER, passcode: "246813" });
  expect(await openManifest(linkTo(url), manifest)).toEqual([
    { contentType, data },
    { contentType, data },
  ]);
  expect(asked).toEqual(['POST /m {"passcode":"246813","recipient":"Dr Roth"}', "GET /file "]);
});

it("asks for the one file of a direct link, saying who asks, and never for a manifest", async () => {
  const jwe = await sealHealthLinkFile(key, { contentType, data });
  const { url, asked } = await serve(() => ({ body: jwe }));
  const link = linkTo(url, { flag: "LU" });
  const manifest = await requestManifest(link, READER);
  expect(asked).toEqual([]);
  expect(await openManifest(link, manifest)).toEqual([{ contentType, data }]);
  expect(asked).toEqual(["GET /m?recipient=Dr+Roth "]);
});

it.each([
  ["the link's flag", "L", undefined, true],
  ["its server", "", "can-change", true],
  ["neither", "", "finalized", false],
  ["neither, in an answer of before there was a state", "P", undefined, false],
])("says whether it may change: %s", async (_, flag, status, mayChange) => {
  const files = [{ contentType: "application/fhir+json", embedded: "x" }];
  const { url } = await serve(() => ({ status: 200, body: JSON.stringify({ files, status }) }));
  expect(await requestManifest({ ...linkTo(url), flag }, READER)).toMatchObject({ mayChange });
});

it("says that it may change when its server says so of a file", async () => {
  const [one, other] = ["finalized", "can-change"].map((status) => ({ embedded: "x", status }));
  const { url } = await serve(() => ({ body: JSON.stringify({ files: [one, other] }) }));
  expect(await requestManifest(linkTo(url), READER)).toMatchObject({ mayChange: true });
});

it("opens nothing of a link that its server calls no longer valid", async () => {
  const files = [{ contentType: "application/fhir+json", embedded: "x" }];
  const { url } = await serve(() => ({ status: 200, body: JSON.stringify({ files, status: "no-longer-valid" }) }));
  await expect(requestManifest(linkTo(url), READER)).rejects.toMatchObject({ code: "HEALTH_LINK_OVER" });
});

it("names other hosts before anything is asked of them", async () => {
  const { url } = await serve(() => ({
    body: JSON.stringify({ files: [{ contentType, location: "https://files.example/x" }] }),
  }));
  expect((await requestManifest(linkTo(url), READER)).otherHosts).toEqual(["files.example"]);
});

it.each([
  [
    "a wrong passcode",
    { status: 401, body: '{"remainingAttempts":4}' },
    "HEALTH_LINK_PASSCODE",
    { remainingAttempts: 4 },
  ],
  [
    "a strange number of tries",
    { status: 401, body: '{"remainingAttempts":"many"}' },
    "HEALTH_LINK_PASSCODE",
    { remainingAttempts: undefined },
  ],
  ["no JSON", { status: 401, body: "<html>" }, "HEALTH_LINK_PASSCODE", { remainingAttempts: undefined }],
  ["a link that is over", { status: 404 }, "HEALTH_LINK_OVER", undefined],
  ["a busy server", { status: 429, headers: { "retry-after": "7" } }, "HEALTH_LINK_BUSY", { retryAfter: 7 }],
  ["a failing server", { status: 500 }, "HEALTH_LINK_REFUSED", { status: 500 }],
  [
    "another place",
    { status: 302, headers: { location: "https://elsewhere.example" } },
    "HEALTH_LINK_UNREACHABLE",
    undefined,
  ],
  ["no manifest", { body: "[]" }, "HEALTH_LINK_MANIFEST_MALFORMED", undefined],
  ["no file", { body: '{"files":[]}' }, "HEALTH_LINK_MANIFEST_MALFORMED", undefined],
  [
    "too many files",
    { body: JSON.stringify({ files: Array(33).fill({ embedded: "x" }) }) },
    "HEALTH_LINK_MANIFEST_MALFORMED",
    undefined,
  ],
  [
    "a file of this page",
    { body: '{"files":[{"location":"javascript:alert(1)"}]}' },
    "HEALTH_LINK_MANIFEST_MALFORMED",
    undefined,
  ],
  [
    "a file of the network that the reader is in",
    { body: '{"files":[{"location":"http://192.168.0.1/"}]}' },
    "HEALTH_LINK_MANIFEST_MALFORMED",
    undefined,
  ],
])("says of %s what it is", async (_, answer: Answer, code, details) => {
  const { url } = await serve(() => answer);
  const refused = requestManifest(linkTo(url), READER);
  await expect(refused).rejects.toMatchObject(details === undefined ? { code } : { code, details });
});

it("O10 reads no refusal that is longer than a passcode's, also when it does not say how long it is", async () => {
  const { url } = await serve(() => ({
    status: 401,
    body: `{"remainingAttempts":4${" ".repeat(5_000)}}`,
    headers: { "transfer-encoding": "chunked" },
  }));
  await expect(requestManifest(linkTo(url), READER)).rejects.toMatchObject({
    ...{ code: "HEALTH_LINK_PASSCODE", details: { remainingAttempts: undefined } },
  });
});

it.each([
  [0, /is locked now\. Ask for a new one/],
  [1, /One more try is left/],
  [4, /4 more tries are left/],
])("says what %d tries that are left mean", async (remainingAttempts, said) => {
  const { url } = await serve(() => ({ status: 401, body: JSON.stringify({ remainingAttempts }) }));
  await expect(requestManifest(linkTo(url), READER)).rejects.toThrow(said);
});

it("asks nothing of a link that says that it is over", async () => {
  const { url, asked } = await serve(() => ({ status: 500 }));
  await expect(requestManifest(linkTo(url, { exp: 1 }), READER)).rejects.toMatchObject({ code: "HEALTH_LINK_OVER" });
  expect(asked).toEqual([]);
});

it("O10 takes no more than 32 MiB of a manifest, and 64 MiB of files", async () => {
  const large = await serve(() => ({ body: "x".repeat((1 << 25) + 1) }));
  await expect(requestManifest(linkTo(large.url), READER)).rejects.toMatchObject({ code: "HEALTH_LINK_TOO_LARGE" });
  const embedded = await sealHealthLinkFile(key, { contentType, data: new Uint8Array(1 << 25) });
  const files = Array.from({ length: 3 }, () => ({ embedded }));
  await expect(openManifest(linkTo("https://a.example"), { files })).rejects.toMatchObject({
    ...{ code: "HEALTH_LINK_TOO_LARGE" },
  });
});

it("shows nothing of what another key sealed", async () => {
  const embedded = await sealHealthLinkFile(newHealthLinkKey(), { contentType, data });
  await expect(openManifest(linkTo("https://a.example"), { files: [{ embedded }] })).rejects.toMatchObject({
    ...{ code: "HEALTH_LINK_FILE_DAMAGED" },
  });
});
