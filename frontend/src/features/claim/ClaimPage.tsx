import { decodeInvitation, type Invitation } from "@chartkey/sdk";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";
import { keepInvitation, useInvitationText } from "../../lib/session/invitation.ts";
import { InvitationDetails } from "./InvitationDetails.tsx";
import { PasteForm } from "./PasteForm.tsx";

type Read = { readonly invitation: Invitation } | { readonly error: unknown } | null;

function read(text: string | null): Read {
  if (text === null) return null;
  try {
    return { invitation: decodeInvitation(text) };
  } catch (error) {
    return { error };
  }
}

/** Uses an invitation: from the link that was opened, or pasted. */
export default function ClaimPage() {
  const { t } = useTranslation("claim");
  const text = useInvitationText();
  const opened = useMemo(() => read(text), [text]);
  return (
    <Page title={t("title")} narrow>
      {opened && "invitation" in opened ? (
        <InvitationDetails key={text} invitation={opened.invitation} onForget={() => keepInvitation(null)} />
      ) : (
        <PasteForm error={opened?.error ?? null} onText={keepInvitation} />
      )}
    </Page>
  );
}
