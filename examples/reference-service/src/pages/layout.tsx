import type { PropsWithChildren } from "hono/jsx";

export interface LayoutProps {
  title: string;
  /** The part of the site that the page belongs to. */
  section?: "runs" | "detections" | "suppressions" | "settings";
}

/** What every page has around it. */
export function Layout({ title, section, children }: PropsWithChildren<LayoutProps>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Straycall`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/base.css" />
        <link rel="stylesheet" href="/assets/tables.css" />
        <link rel="stylesheet" href="/assets/marks.css" />
        <link rel="stylesheet" href="/assets/forms.css" />
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
            <nav aria-label="Main">
              <NavLink href="/" text="Runs" isCurrent={section === "runs"} />
              <NavLink href="/detections" text="Detections" isCurrent={section === "detections"} />
              <NavLink
                href="/suppressions"
                text="Suppressions"
                isCurrent={section === "suppressions"}
              />
              <NavLink href="/settings" text="Settings" isCurrent={section === "settings"} />
            </nav>
          </div>
        </header>
        <main id="content" class="width">
          {children}
        </main>
      </body>
    </html>
  );
}

function NavLink({ href, text, isCurrent }: { href: string; text: string; isCurrent: boolean }) {
  return (
    <a href={href} aria-current={isCurrent ? "page" : undefined}>
      {text}
    </a>
  );
}
