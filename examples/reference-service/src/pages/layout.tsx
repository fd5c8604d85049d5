import { visibleText } from "@straycall/core";
import { type PropsWithChildren, useContext } from "hono/jsx";
import { may } from "../access/access.js";
import { SignedIn } from "./signed-in.js";

/** The parts of the site, in the order of the menu. */
const sections = {
  runs: { href: "/", text: "Runs" },
  detections: { href: "/detections", text: "Detections" },
  baselines: { href: "/baselines", text: "Baselines" },
  destinations: { href: "/destinations", text: "Destinations" },
  suppressions: { href: "/suppressions", text: "Suppressions" },
  settings: { href: "/settings", text: "Settings" },
} as const;

export type Section = keyof typeof sections;
const forAdmins: readonly string[] = ["suppressions", "settings"];

export interface LayoutProps {
  title: string;
  /** The part of the site that the page belongs to. */
  section?: Section;
}

/** What every page has around it. */
export function Layout({ title, section, children }: PropsWithChildren<LayoutProps>) {
  const access = useContext(SignedIn);
  const shown = Object.entries(sections).filter(
    ([name]) => access && (may(access, "admin") || !forAdmins.includes(name)),
  );
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Straycall`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        {["base", "tables", "marks", "forms", "pictures"].map((name) => (
          <link rel="stylesheet" href={`/assets/${name}.css`} />
        ))}
        <script type="module" src="/assets/live-search.js" />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="site">
          <div class="width">
            <a class="brand" href="/">
              <img src="/assets/icon.svg" alt="" width="26" height="26" />
              Straycall
            </a>
            {shown.length > 0 && (
              <nav aria-label="Main">
                {shown.map(([name, { href, text }]) => (
                  <a href={href} aria-current={name === section ? "page" : undefined}>
                    {text}
                  </a>
                ))}
              </nav>
            )}
          </div>
        </header>
        <main id="content" class="width" tabindex={-1}>
          {children}
        </main>
        {access && (
          <footer class="width">
            <form method="post" action="/sign-out">
              Signed in as {visibleText(access.who, 100)}
              {access.repositories && ` for ${visibleText(access.repositories.join(", "), 200)}`}.{" "}
              <button type="submit">Sign out</button>
            </form>
          </footer>
        )}
      </body>
    </html>
  );
}
