/** The whole list as a file. */
export function ExportLinks({ path, query = "" }: { path: string; query?: string }) {
  const link = (format: string) =>
    `/api/v1${path}?${new URLSearchParams([...new URLSearchParams(query), ["format", format]])}`;
  return (
    <p class="exports">
      The whole list: <a href={link("csv")}>CSV</a> <a href={link("ndjson")}>NDJSON</a>
    </p>
  );
}
