/** A fenced block of a Markdown page by the file name behind its language. */
export function fencedBlock(markdown: string, name: string): string {
  const [, text] = markdown.match(new RegExp(`\`\`\`\\w+ ${name}\\n([\\s\\S]*?)\`\`\``)) ?? [];
  if (text === undefined) throw new Error(`there is no block ${name}`);
  return text;
}
