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
import { showFiles, type ShownFile } from "../../lib/cards/content.ts";

/** What a link opened, in memory until the page forgets it. */
export interface OpenedLink {
  readonly files: readonly HealthLinkFile[];
  readonly shown: readonly ShownFile[];
  /** Whether asking again may bring something else. */
  readonly mayChange: boolean;
  /** Unix seconds at which it came. */
  readonly time: number;
}

/** Opens a link in this browser: first its own server is asked; others only when the person says so. */
export function useOpening(link: HealthLink) {
  const [waiting, setWaiting] = useState<LinkManifest | null>(null);
  const [opened, setOpened] = useState<OpenedLink | null>(null);
  const [reader, setReader] = useState<LinkReader | null>(null);
  const take = useCallback(
    async (manifest: LinkManifest) => {
      const [files, validator] = await Promise.all([openManifest(link, manifest), loadValidator()]);
      const { mayChange } = manifest;
      const shown = await showFiles(files, validator);
      setOpened({ files, shown, mayChange, time: Math.floor(Date.now() / 1000) });
      setWaiting(null);
    },
    [link],
  );
  const asking = useAction(
    useCallback(
      async (_, by: LinkReader) => {
        const manifest = await requestManifest(link, by);
        setReader(by);
        if (manifest.otherHosts.length > 0) setWaiting(manifest);
        else await take(manifest);
      },
      [link, take],
    ),
  );
  const going = useAction(useCallback(async (_, manifest: LinkManifest) => take(manifest), [take]));
  /** Asks once more, as the one who asked before; null before that. */
  const again = reader && (() => void asking.run(reader));
  return { asking, going, waiting, opened, again };
}
