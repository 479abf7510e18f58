import { attachedBytes, attachedSize, attachmentsOf, type Attached } from "@chartkey/sdk/records";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { heldFile, type FileSource } from "../../lib/files/source.ts";
import { FileBox } from "./FileBox.tsx";

/** A large file of a resource, opened when somebody asks for it. */
export interface FileBeside extends Pick<FileSource, "size" | "write"> {
  /** Where its base64 belongs in the resource: a JSON Pointer. */
  readonly at: string;
}

const NONE: readonly FileBeside[] = [];

interface AttachmentsProps {
  readonly resource: Parameters<typeof attachmentsOf>[0];
  /** Those that do not lie in it. */
  readonly beside?: readonly FileBeside[];
  /** Said when one was saved: what was checked. */
  readonly saved: string;
  /** A link to the record that an address names, when that is known. */
  readonly linkTo?: (url: string) => ReactNode;
}

/** The files in a resource, and where those are that it only names. */
export function Attachments({ resource, beside = NONE, saved, linkTo }: AttachmentsProps) {
  const { t } = useTranslation("files");
  const attached = useMemo(() => {
    const pointers = beside.map(({ at }) => at);
    return attachmentsOf(resource, pointers).map((each) => ({ each, file: beside.find(({ at }) => at === each.at) }));
  }, [resource, beside]);
  if (attached.length === 0) return null;
  return (
    <section className="ck-stack" aria-label={t("attached", { count: attached.length })}>
      <h2 className="mb-0">{t("attached", { count: attached.length })}</h2>
      {attached.map(({ each, file }) =>
        each.data === undefined && file === undefined ? (
          <Elsewhere key={each.path} attached={each} linkTo={linkTo} />
        ) : (
          <Embedded key={each.path} attached={each} file={file} saved={saved} />
        ),
      )}
    </section>
  );
}

interface EmbeddedProps {
  readonly attached: Attached;
  /** Where its bytes come from when they are not in the resource. */
  readonly file: FileBeside | undefined;
  readonly saved: string;
}

function Embedded({ attached, file, saved }: EmbeddedProps) {
  const { t } = useTranslation("files");
  const title = attached.title ?? t("untitled");
  const source = useMemo((): FileSource => {
    const { contentType } = attached;
    if (file !== undefined) return { title, contentType, size: file.size, write: file.write };
    return heldFile({ title, contentType, size: attachedSize(attached) }, () => attachedBytes(attached));
  }, [attached, file, title]);
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
