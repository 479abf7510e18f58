import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it, onTestFinished, vi } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { ChartkeyError } from "../../src/errors.ts";
import { checkHealthCard, readHealthCardKeys, requestHealthCardKeys } from "../../src/workflows/health-card-keys.ts";
import { newCardRoom, readHealthCard, readHealthCards } from "../../src/workflows/health-cards.ts";
import { cardFile, deflated, newCardIssuer } from "../../../test/support/card-issuer.ts";
import { EXAMPLE_CARD, EXAMPLE_ISSUER, EXAMPLE_KEY, EXAMPLE_REVOKED } from "./health-card-vector.ts";

/** SMART Health Cards of the specification's example issuer, of one of our own, and of who writes what he likes. */

const json = (value: unknown) => utf8(JSON.stringify(value));
const condition = { resourceType: "Condition", code: { text: "Asthma" }, subject: { display: "me" } };
const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => "read",
    (error: unknown) => (error instanceof ChartkeyError ? error.code : error),
  );

it("reads the specification's example, whose signature holds with its issuer's key", async () => {
  const card = await readHealthCard(EXAMPLE_CARD);
  expect(card).toMatchObject({
    issuer: EXAMPLE_ISSUER,
    kid: EXAMPLE_KEY.kid,
    issued: 1_715_107_763,
    rid: "MKyCxh7p6uQ",
  });
  expect(card.bundle["entry"]).toHaveLength(4);
  const keys = readHealthCardKeys(json({ keys: [EXAMPLE_KEY] }), EXAMPLE_ISSUER);
  expect(keys.namesIssuers).toBe(false);
  expect(await checkHealthCard(card, keys)).toEqual({ state: "holds", revocation: "unknown" });
});

it("says that a signature does not hold when one letter of card or signature is another", async () => {
  const keys = readHealthCardKeys(json({ keys: [EXAMPLE_KEY] }), EXAMPLE_ISSUER);
  const card = await readHealthCard(EXAMPLE_CARD);
  const [header, payload, signature] = EXAMPLE_CARD.split(".");
  const other = (await newCardIssuer()).issue([condition]);
  const forged = [
    `${header}.${payload}.${signature!.replace("S", "T")}`,
    `${header}.${(await other).split(".")[1]}.${signature}`,
    `${header}.${payload}.`,
  ];
  for (const jws of forged) expect(await checkHealthCard({ ...card, jws }, keys)).toEqual({ state: "fails" });
});

it("counts a key for the issuer that it is of, and only as issuers publish theirs", async () => {
  const own = await newCardIssuer();
  const card = await readHealthCard(await own.issue([condition]));
  const stranger = await newCardIssuer("https://stranger.example");
  const listOf = (...issuers: (typeof own)[]) =>
    json({ issuerInfo: issuers.map(({ issuer, key }) => ({ issuer: { iss: issuer, name: "x" }, keys: [key] })) });
  const stateWith = async (file: Parameters<typeof readHealthCardKeys>[0], issuer = own.issuer) =>
    (await checkHealthCard(card, readHealthCardKeys(file, issuer))).state;
  expect(readHealthCardKeys(listOf(own), "").namesIssuers).toBe(true);
  expect(await stateWith(listOf(stranger, own))).toBe("holds");
  // The right key, under another issuer's name.
  expect(await stateWith(listOf(stranger, { ...own, issuer: stranger.issuer }))).toBe("unknownKey");
  expect(await stateWith(own.keyFile, stranger.issuer)).toBe("unknownKey");
  for (const more of [{ use: "enc" }, { alg: "ES384" }, { kid: stranger.kid }, { d: "AA" }, { x: stranger.key.x }])
    expect(await stateWith(json({ keys: [{ ...own.key, ...more }] }))).toBe("unknownKey");
  // Another's key that calls itself by this one's name.
  expect(await stateWith(json({ keys: [null, "x", { ...stranger.key, kid: own.kid }, own.key] }))).toBe("holds");
});

it("says what the issuer took back, by the list that came with its keys", async () => {
  const card = await readHealthCard(EXAMPLE_REVOKED);
  const stateWith = async (...rids: unknown[]) => {
    const crls = [{ kid: EXAMPLE_KEY.kid, method: "rid", ctr: 1, rids }];
    const file = json({ issuerInfo: [{ issuer: { iss: EXAMPLE_ISSUER }, keys: [EXAMPLE_KEY], crls }] });
    return checkHealthCard(card, readHealthCardKeys(file, ""));
  };
  expect(card.expires).toBe(1_746_643_763);
  expect(await stateWith("other", "vwAjHdarZuc")).toEqual({ state: "revoked" });
  expect(await stateWith("vwAjHdarZuc.1715107764")).toEqual({ state: "revoked" });
  // The later of two dates counts, wherever it is written.
  expect(await stateWith("vwAjHdarZuc.1715107764", "vwAjHdarZuc.7", "vwAjHdarZuc.x")).toEqual({ state: "revoked" });
  expect(await stateWith("vwAjHdarZuc.7", "vwAjHdarZuc.1715107764")).toEqual({ state: "revoked" });
  expect(await stateWith("vwAjHdarZuc.x")).toEqual({ state: "holds", revocation: "notListed" });
  expect(await stateWith("vwAjHdarZuc.1715107763", 7)).toEqual({ state: "holds", revocation: "notListed" });
});

it("takes together what is said of one key, and of one issuer, in several places", async () => {
  const card = await readHealthCard(EXAMPLE_REVOKED);
  const listOf = (...rids: string[]) => ({ kid: EXAMPLE_KEY.kid, method: "rid", ctr: 1, rids });
  const issuer = { iss: EXAMPLE_ISSUER };
  const stateWith = async (...issuerInfo: unknown[]) =>
    checkHealthCard(card, readHealthCardKeys(json({ issuerInfo }), ""));
  const [revoking, other] = [listOf("vwAjHdarZuc"), listOf("other")];
  const keys = [EXAMPLE_KEY];
  for (const crls of [
    [revoking, other],
    [other, revoking],
  ]) {
    expect(await stateWith({ issuer, keys, crls })).toEqual({ state: "revoked" });
    const [first, second] = crls.map((list) => ({ issuer, keys, crls: [list] }));
    expect(await stateWith(first, second)).toEqual({ state: "revoked" });
  }
  expect((await stateWith({ issuer, keys }, { issuer, keys: [] })).state).toBe("holds");
  expect((await stateWith({ issuer: { iss: `${EXAMPLE_ISSUER}/` }, keys })).state).toBe("unknownKey");
});

it("refuses cards that the specification does not know", async () => {
  const { issue } = await newCardIssuer();
  const wrong = [
    "",
    "a.b",
    `${EXAMPLE_CARD}.x`,
    `${EXAMPLE_CARD.split(".")[0]}.ä.x`,
    await issue([], { header: { zip: "GZIP" } }),
    await issue([], { header: { kid: "1" } }),
    await issue([], { claims: { iss: "http://clinic.example" } }),
    await issue([], { claims: { iss: "https://clinic.example/?a" } }),
    await issue([], { claims: { iss: "https://clinic.example/cards/" } }),
    await issue([], { claims: { nbf: "1" } }),
    await issue([], { claims: { exp: -1 } }),
    await issue([], { claims: { vc: null } }),
    await issue([], { vc: { type: ["https://other.example"] } }),
    await issue([], { subject: { fhirVersion: "5.0.0" } }),
    await issue([], { subject: { fhirBundle: condition } }),
    // Programs differ in which of two they take.
    await issue([], { rewrite: (claims) => claims.replace('"iss"', '"iss":"https://other.example","iss"') }),
    await issue([], { payload: utf8("not packed") }),
  ];
  for (const jws of wrong) expect(await codeOf(readHealthCard(jws))).toBe("HEALTH_CARD_MALFORMED");
  expect(
    (await readHealthCard(await issue([], { vc: { type: ["https://smarthealth.cards#health-card", "x"] } }))).issued,
  ).toBe(1_700_000_000);
});

it("O11 inflates no card beyond 1 MB, and all together no further than the room for them", async () => {
  const { issue } = await newCardIssuer();
  const bomb = await issue([], { payload: await deflated(new Uint8Array(20_000_000)) });
  expect(bomb.length).toBeLessThan(40_000);
  expect(await codeOf(readHealthCard(bomb))).toBe("HEALTH_CARD_TOO_LARGE");
  const card = await issue([condition]);
  const large = await issue([{ ...condition, note: [{ text: "a".repeat(1_000_000) }] }]);
  expect(await codeOf(readHealthCard(large))).toBe("HEALTH_CARD_TOO_LARGE");
  const room = newCardRoom();
  const before = room.bytes;
  expect(before).toBe(4_000_000);
  await readHealthCard(card, room);
  const size = before - room.bytes;
  const tight = { bytes: 2 * size + 1 };
  const read = await readHealthCards(cardFile(card, card, card), tight);
  expect(read.map((each) => each instanceof ChartkeyError && each.code)).toEqual([
    false,
    false,
    "HEALTH_CARD_TOO_LARGE",
  ]);
});

it("O11 inflates a few kB at a time, and no more once a card is too large", async () => {
  const { issue } = await newCardIssuer();
  const bomb = await issue([], { payload: await deflated(new Uint8Array(300_000_000)) });
  const taken = vi.spyOn(WritableStreamDefaultWriter.prototype, "write");
  onTestFinished(() => taken.mockRestore());
  expect(await codeOf(readHealthCard(bomb))).toBe("HEALTH_CARD_TOO_LARGE");
  const sizes = taken.mock.calls.map(([part]) => (part as Uint8Array).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(bomb.length / 4);
});

it("reads each card of a file for itself, and no file of something else", async () => {
  const read = await readHealthCards(cardFile(EXAMPLE_CARD, 7, "x"));
  expect(read.map((each) => (each instanceof ChartkeyError ? each.code : each.issuer))).toEqual([
    ...[EXAMPLE_ISSUER, "HEALTH_CARD_MALFORMED", "HEALTH_CARD_MALFORMED"],
  ]);
  const many = Array.from({ length: 51 }, () => EXAMPLE_CARD);
  for (const file of [utf8("{"), utf8("[]"), json({}), cardFile(), cardFile(...many)])
    expect(await codeOf(readHealthCards(file))).toBe("HEALTH_CARD_MALFORMED");
});

it("O11 takes what a file of keys says over and over in the time of reading it", { timeout: 20_000 }, async () => {
  const many = <Each>(each: (place: number) => Each) => Array.from({ length: 40_000 }, (_, place) => each(place));
  const issuer = { iss: EXAMPLE_ISSUER };
  const listOf = (rid: string, kid = EXAMPLE_KEY.kid) => ({ kid, method: "rid", ctr: 1, rids: [rid] });
  const card = await readHealthCard(EXAMPLE_REVOKED);
  const files = [
    { keys: [EXAMPLE_KEY], crls: many((place) => listOf(place === 39_999 ? card.rid! : "other")) },
    {
      issuerInfo: many((place) => ({ issuer, keys: [EXAMPLE_KEY], crls: [listOf(place === 9 ? card.rid! : "other")] })),
    },
    {
      issuerInfo: [
        ...many((place) => ({ issuer, keys: [], crls: [listOf("other", String(place))] })),
        { issuer, keys: [EXAMPLE_KEY], crls: [listOf(card.rid!)] },
      ],
    },
  ];
  for (const file of files)
    expect(await checkHealthCard(card, readHealthCardKeys(json(file), EXAMPLE_ISSUER))).toEqual({ state: "revoked" });
});

it("O11 looks at the first 200 keys of an issuer", async () => {
  const card = await readHealthCard(EXAMPLE_CARD);
  const stateAfter = async (others: number) => {
    const keys = [...Array.from({ length: others }, () => ({ ...EXAMPLE_KEY, kid: "other" })), EXAMPLE_KEY];
    return (await checkHealthCard(card, readHealthCardKeys(json({ keys }), EXAMPLE_ISSUER))).state;
  };
  expect([await stateAfter(199), await stateAfter(200)]).toEqual(["holds", "unknownKey"]);
});

it("O11 splits no card further than to tell that it is none", async () => {
  const split = vi.spyOn(String.prototype, "split");
  onTestFinished(() => split.mockRestore());
  expect(await codeOf(readHealthCard(".".repeat(1 << 16)))).toBe("HEALTH_CARD_MALFORMED");
  expect(Math.max(...split.mock.results.map(({ value }) => (value as string[]).length))).toBeLessThanOrEqual(4);
});

it("refuses files that hold no keys", () => {
  for (const file of [utf8("{"), utf8("[]"), json({}), json({ keys: 1 })])
    expect(() => readHealthCardKeys(file, EXAMPLE_ISSUER)).toThrow(
      expect.objectContaining({ code: "HEALTH_CARD_KEYS_MALFORMED" }),
    );
});

it("O10 asks an issuer where the specification says, follows it nowhere else, and takes 1 MB of it", async () => {
  const { keyFile, kid } = await newCardIssuer();
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    if (url.startsWith("/moved")) response.writeHead(302, { location: "/cards/.well-known/jwks.json" }).end();
    else if (url.startsWith("/large")) response.end(Buffer.alloc(2 << 20, " "));
    else response.end(keyFile);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const { namesIssuers, byIssuer } = await requestHealthCardKeys(`${origin}/cards`);
  expect([namesIssuers, byIssuer.get(`${origin}/cards`)?.keys[0]?.kid]).toEqual([false, kid]);
  expect(asked).toEqual(["/cards/.well-known/jwks.json"]);
  for (const path of ["moved", "large"])
    expect(await codeOf(requestHealthCardKeys(`${origin}/${path}`))).toBe("HEALTH_CARD_ISSUER_SILENT");
  expect(asked).toHaveLength(3);
});
