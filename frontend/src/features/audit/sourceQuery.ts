import { queryOptions } from "@tanstack/react-query";
import { implementationOf, isSource, verifyMetadata, type NamedSource } from "@chartkey/sdk/verify";
import type { Address, PublicClient } from "viem";
import type { ContractName } from "../../lib/chain/contracts.ts";

/** A source as the server of the page gives it; null when it has none. */
export interface SourceFile {
  readonly path: string;
  readonly text: string | null;
  /** Whether it is the file that the compiler read. */
  readonly ok: boolean;
}

/** What is known of the source of a contract. `files` is null when the description is not that of the code. */
export interface SourceReport {
  /** Whose code a proxy runs. */
  readonly implementation: Address | null;
  readonly files: readonly SourceFile[] | null;
}

/** A file that was written at the deployment; null when the server of the page does not have it. */
async function fetchText(path: string): Promise<string | null> {
  const response = await fetch(`/sources/${path}`);
  // Servers of single-page apps answer what they do not have with the page.
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  return response.ok && !isPage ? response.text() : null;
}

async function fetchSource(named: NamedSource): Promise<SourceFile> {
  const text = await fetchText(`sources/${named.hash}.sol`);
  return { path: named.path, text, ok: text !== null && isSource(text, named) };
}

/** The source of a contract, held against its code; null when the server of the page has no description of it. */
export function sourceQuery(client: PublicClient, chainId: number, address: Address, name: ContractName) {
  return queryOptions({
    queryKey: ["audit", chainId, "source", address.toLowerCase()],
    staleTime: Infinity,
    queryFn: async (): Promise<SourceReport | null> => {
      const [metadata, own = "0x"] = await Promise.all([
        fetchText(`${name}/metadata.json`),
        client.getCode({ address }),
      ]);
      if (metadata === null) return null;
      const implementation = implementationOf(own);
      const code = implementation ? await client.getCode({ address: implementation }) : own;
      const named = await verifyMetadata(code ?? "0x", metadata);
      return { implementation, files: named && (await Promise.all(named.map(fetchSource))) };
    },
  });
}
