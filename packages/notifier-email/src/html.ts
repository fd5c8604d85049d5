/** A piece of finished HTML. */
export interface Html {
  readonly html: string;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Writes HTML: what is put in is escaped, for text and for quoted attributes, unless it is HTML already.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[] | undefined)[]
): Html {
  const written = parts.map((part, index) => `${part}${write(values[index])}`);
  return { html: written.join("") };
}

function write(value: string | Html | readonly Html[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value.replace(/[&<>"']/g, (found) => entities[found] ?? "");
  return "html" in value ? value.html : value.map((each) => each.html).join("");
}
