import {
  openManifest,
  requestManifest,
  type HealthLink,
  type HealthLinkFile,
  type LinkManifest,
  type LinkReader,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { useCallback, useState } from "react";
import { useAction } from "../../lib/session/useAction.ts";
import { showFiles, type ShownFile } from "./content.ts";

/** What a link opened, in memory until the page forgets it. */
export interface OpenedLink {
  readonly files: readonly HealthLinkFile[];
  readonly shown: readonly ShownFile[];
}

/** Opens a link in this browser: first its own server is asked; others only when the person says so. */
export function useOpening(link: HealthLink) {
  const [waiting, setWaiting] = useState<LinkManifest | null>(null);
  const [opened, setOpened] = useState<OpenedLink | null>(null);
  const take = useCallback(
    async (manifest: LinkManifest) => {
      const [files, validator] = await Promise.all([openManifest(link, manifest), loadValidator()]);
      setOpened({ files, shown: showFiles(files, validator) });
      setWaiting(null);
    },
    [link],
  );
  const asking = useAction(
    useCallback(
      async (_, reader: LinkReader) => {
        const manifest = await requestManifest(link, reader);
        if (manifest.otherHosts.length > 0) setWaiting(manifest);
        else await take(manifest);
      },
      [link, take],
    ),
  );
  const going = useAction(useCallback(async (_, manifest: LinkManifest) => take(manifest), [take]));
  return { asking, going, waiting, opened };
}
