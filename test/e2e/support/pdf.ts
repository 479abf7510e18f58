/** A PDF of so many pages, each with one line of text; it tries to run a script when it opens, and leads elsewhere wherever it is clicked. */
export function hostilePdf(lines: readonly string[]): Buffer {
  const pages = lines.map((_, place) => `${5 + 3 * place} 0 R`);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\("ran"\\)) >> >>`,
    `<< /Type /Pages /Kids [${pages.join(" ")}] /Count ${lines.length} >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>`,
    `<< /S /URI /URI (https://attacker.example/clicked) >>`,
    ...lines.flatMap((line, place) => {
      const drawn = `BT /F1 36 Tf 72 700 Td (${line}) Tj ET`;
      const own = 5 + 3 * place;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${own + 1} 0 R /Annots [${own + 2} 0 R] >>`,
        `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
        `<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A 4 0 R >>`,
      ];
    }),
  ];
  let file = "%PDF-1.7\n";
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + trailer, "latin1");
}
