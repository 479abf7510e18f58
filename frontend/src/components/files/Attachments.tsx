import { attachedBytes, attachedSize, attachmentsOf, type Attached } from "@chartkey/sdk/records";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { heldFile } from "../../lib/files/source.ts";
import { FileBox } from "./FileBox.tsx";

interface AttachmentsProps {
  readonly resource: Parameters<typeof attachmentsOf>[0];
  /** Said when one was saved: what was checked. */
  readonly saved: string;
  /** A link to the record that an address names, when that is known. */
  readonly linkTo?: (url: string) => ReactNode;
}

/** The files in a resource, and where those are that it only names. */
export function Attachments({ resource, saved, linkTo }: AttachmentsProps) {
  const { t } = useTranslation("files");
  const attached = useMemo(() => attachmentsOf(resource), [resource]);
  if (attached.length === 0) return null;
  return (
    <section className="ck-stack" aria-label={t("attached", { count: attached.length })}>
      <h2 className="mb-0">{t("attached", { count: attached.length })}</h2>
      {attached.map((each) =>
        each.data === undefined ? (
          <Elsewhere key={each.path} attached={each} linkTo={linkTo} />
        ) : (
          <Embedded key={each.path} attached={each} saved={saved} />
        ),
      )}
    </section>
  );
}

function Embedded({ attached, saved }: { readonly attached: Attached; readonly saved: string }) {
  const { t } = useTranslation("files");
  const title = attached.title ?? t("untitled");
  const source = useMemo(
    () =>
      heldFile({ title, contentType: attached.contentType, size: attachedSize(attached) }, () =>
        attachedBytes(attached),
      ),
    [attached, title],
  );
  return (
    <div>
      <p className="ck-strong mb-2">
        <bdi>{title}</bdi>
      </p>
      <FileBox source={source} saved={saved} />
    </div>
  );
}

interface ElsewhereProps {
  readonly attached: Attached;
  readonly linkTo: AttachmentsProps["linkTo"];
}

/** Nothing is fetched from where the author of a record says: who asks there tells its owner that he reads. */
function Elsewhere({ attached: { title, contentType, url = "" }, linkTo }: ElsewhereProps) {
  const { t } = useTranslation("files");
  const link = linkTo?.(url);
  return (
    <div>
      <p className="mb-0">
        {title && <bdi className="ck-strong">{title}</bdi>} <bdi className="ck-2">{contentType}</bdi>
      </p>
      {link ?? (
        <>
          <p className="mb-0 ck-2">{t("elsewhere")}</p>
          <p className="mb-0 ck-mono text-break" dir="ltr">
            {url}
          </p>
        </>
      )}
    </div>
  );
}
