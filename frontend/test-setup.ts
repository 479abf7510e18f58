import { configure } from "@testing-library/react";

/** The machine may be busy; what is waited for ends the wait as soon as it is there. In milliseconds. */
configure({ asyncUtilTimeout: 20_000 });

/** jsdom's Blob cannot be read as browsers have it. */
Blob.prototype.arrayBuffer ??= function (this: Blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error ?? new Error("not read"));
    reader.readAsArrayBuffer(this);
  });
};
