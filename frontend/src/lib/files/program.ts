const RUNS =
  /\.(apk|app|appimage|bat|cmd|com|cpl|deb|dll|dmg|exe|hta|jar|jse?|lnk|msi|msix|pif|pkg|ps1|reg|rpm|scr|sh|vbe?|vbs|wsf)$/i;

/** Whether a device would run a file of this name, rather than show it. */
export function isProgram(name: string): boolean {
  return RUNS.test(name.trim());
}
