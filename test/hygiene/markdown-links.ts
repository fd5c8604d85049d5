import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import GithubSlugger from "github-slugger";
import { lexer, type Token, walkTokens } from "marked";

const hasScheme = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

/** The relative links and images of a Markdown file that lead to no file, or to no heading of a Markdown file. */
export function brokenLinks(root: string, file: string): string[] {
  return linksOf(readFileSync(join(root, file), "utf8"))
    .filter((link) => !hasScheme.test(link) && !leadsSomewhere(root, file, link))
    .map((link) => `${file}: ${link}`);
}

function leadsSomewhere(root: string, file: string, link: string): boolean {
  const [path = "", fragment] = decodeURI(link).split("#");
  const target = path
    ? join(path.startsWith("/") ? root : join(root, dirname(file)), path)
    : join(root, file);
  if (!existsSync(target)) return false;
  if (!fragment || !target.endsWith(".md")) return true;
  return headingsOf(readFileSync(target, "utf8")).includes(fragment);
}

function linksOf(markdown: string): string[] {
  return tokensOf(markdown).flatMap((token) =>
    token.type === "link" || token.type === "image" ? [String(token.href)] : [],
  );
}

/** The names that GitHub gives to the headings. */
function headingsOf(markdown: string): string[] {
  const slugger = new GithubSlugger();
  return tokensOf(markdown).flatMap((token) =>
    token.type === "heading" ? [slugger.slug(String(token.text))] : [],
  );
}

function tokensOf(markdown: string): Token[] {
  const tokens: Token[] = [];
  walkTokens(lexer(markdown), (token) => {
    tokens.push(token);
  });
  return tokens;
}
