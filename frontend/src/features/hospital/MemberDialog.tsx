import type { Address } from "viem";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Address as AddressText } from "../../components/Address.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction, type SignedActionProps } from "../../components/SignedAction.tsx";

export interface MemberDialogProps extends Omit<SignedActionProps, "children"> {
  readonly title: ReactNode;
  readonly account: Address;
  readonly onClose: () => void;
  /** Fields above the sentence. */
  readonly children?: ReactNode;
}

/** Something that an administrator signs about one member, with the whole address to compare. */
export function MemberDialog({ title, account, onClose, children, ...action }: MemberDialogProps) {
  const { t } = useTranslation("hospital");
  return (
    <Dialog title={title} onClose={onClose} {...(action.state.running ? { closeLabel: t("dialog.keepsRunning") } : {})}>
      <div className="ck-fields">
        {children}
        <div>
          <p className="form-label">{t("dialog.address")}</p>
          <AddressText value={account} full />
          <p className="form-text mt-1 mb-0">{t("dialog.compare")}</p>
        </div>
        <SignedAction {...action} />
      </div>
    </Dialog>
  );
}
