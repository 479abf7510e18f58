import type { Abi, AbiParameter } from "viem";
import { describe, expect, it } from "vitest";
import { contractAbis } from "../../lib/chain/contracts.ts";
import { languages } from "../../lib/i18n/languages.ts";

/** What a wallet can be asked to sign, found in the sources: a new function or type without words fails here. */

interface Words {
  call: Record<string, Record<string, string>>;
  typed: Record<string, string>;
  argument: Record<string, string>;
}
interface Prompt {
  name: string;
  fields: string[];
}

const catalogues = import.meta.glob<Words>("../../locales/*/contracts.json", { import: "default", eager: true });
const together = (files: Record<string, string>) => Object.values(files).join("\n");
const soliditySources = together(
  import.meta.glob<string>("../../../../contracts/**/*.sol", { import: "default", query: "?raw", eager: true }),
);
const sdkSources = together(
  import.meta.glob<string>("../../../../sdk/src/**/*.ts", { import: "default", query: "?raw", eager: true }),
);

const leaves = (parameter: AbiParameter): string[] =>
  "components" in parameter ? parameter.components.flatMap(leaves) : [parameter.name ?? ""];

const calls: Prompt[] = Object.entries<Abi>(contractAbis).flatMap(([contract, abi]) =>
  abi.flatMap((item) =>
    item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure"
      ? [{ name: `${contract}.${item.name}`, fields: item.inputs.flatMap(leaves) }]
      : [],
  ),
);

/** EIP-712 types as the contracts hash them, `Grant(address patient,...)`; those that one type names follow it. */
const solidityTypes: Prompt[] = [...soliditySources.matchAll(/"([A-Z]\w*\([^"]*\))"/g)].flatMap(([, encoded = ""]) =>
  [...encoded.matchAll(/([A-Z]\w*)\(([^)]*)\)/g)].map(([, name = "", fields = ""]) => ({
    name,
    fields: fields
      .split(",")
      .filter((field) => /^[a-z]/.test(field))
      .map((field) => field.split(" ")[1] ?? ""),
  })),
);

/** EIP-712 types as the sdk has wallets sign them. */
const sdkTypes: Prompt[] = [
  ...sdkSources.matchAll(/\b([A-Z]\w*): \[\s*((?:\{ name: "\w+", type: "\w+" \},?\s*)+)\]/g),
].map(([, name = "", fields = ""]) => ({
  name,
  fields: [...fields.matchAll(/name: "(\w+)"/g)].map(([, field = ""]) => field),
}));

const types = [...solidityTypes, ...sdkTypes];
const namesOf = (prompts: readonly Prompt[]) => [...new Set(prompts.map(({ name }) => name))].toSorted();

describe("what a wallet is asked to sign", () => {
  it("is found in the sources", () => {
    expect(calls.length).toBeGreaterThan(60);
    expect(namesOf(solidityTypes)).toHaveLength(soliditySources.match(/_TYPEHASH\s*=/g)?.length ?? 0);
    expect(namesOf(sdkTypes)).toEqual(
      [...new Set([...sdkSources.matchAll(/primaryType: "(\w+)"/g)].map(([, name]) => name))].toSorted(),
    );
  });

  it("O17 unlocks the key by a message that no contract can take for its own: another domain, another type", () => {
    const unlock = /function unlockTypedData[^]*?domain: \{ name: "([^"]+)"/.exec(sdkSources)?.[1];
    const domains = [...soliditySources.matchAll(/\bEIP712\("([^"]+)", "1"\)/g)].map(([, name]) => name);
    expect(domains).toHaveLength(5);
    expect(unlock).toBe("Chartkey Vault");
    expect(domains).not.toContain(unlock);
    expect(namesOf(solidityTypes)).not.toContain("Unlock");
  });
});

describe.each(languages)("prompts in $name", ({ code }) => {
  const words = catalogues[`../../locales/${code}/contracts.json`]!;

  it("O17 have a sentence for every function that changes something", () => {
    const said = ({ name }: Prompt) => name.split(".").reduce<unknown>((part, key) => part?.[key as never], words.call);
    expect(namesOf(calls.filter((call) => !said(call)))).toEqual([]);
  });

  it("O17 have a sentence for every EIP-712 type", () => {
    expect(namesOf(types.filter(({ name }) => !words.typed[name]))).toEqual([]);
  });

  it("O17 call every value by its name", () => {
    const fields = new Set([...calls, ...types].flatMap((prompt) => prompt.fields));
    expect([...fields].filter((field) => !words.argument[field])).toEqual([]);
  });
});
