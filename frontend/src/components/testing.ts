/** Gives dialogs the methods that jsdom's lack: they open and close, and hold nothing else back. */
export function startTestDialogs(): void {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}
