import ts from "typescript";

/** What a source text imports: by import, export from, import(), require() and import types. */
export function importedSpecifiers(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return [...new Set(importedFiles.map(({ fileName }) => fileName))];
}
