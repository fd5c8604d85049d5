import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Access } from "./access.js";
import type { Authority } from "./authority.js";

/** Who is signed in on the pages. */
export interface Sessions {
  /** Signs in with a token or the ticket that the service printed; `false` if it is neither. */
  signIn(c: Context, credential: string, name: string): Promise<boolean>;
  signOut(c: Context): void;
  /** What a session may do now: a token that was ended ends it. */
  accessOf(c: Context): Promise<Access | undefined>;
  /** Opens one session as admin, once, and not for long: for who started the service and reads what it prints. */
  ticket(): string;
}

const cookieName = "straycall_session";
const lifetimeSeconds = 12 * 3_600;
const ticketMs = 15 * 60_000;

const sessionSchema = z.object({
  name: z.string(),
  /** The token that began it; unset for the admin. */
  tokenId: z.string().optional(),
  until: z.number(),
});
type Session = z.infer<typeof sessionSchema>;

/** Sessions are signed cookies: nothing is kept, and another admin token ends them all. */
export function sessions(authority: Authority, adminToken: string, isSecure: boolean): Sessions {
  const mac = (text: string) => createHmac("sha256", adminToken).update(`session ${text}`).digest();
  let openTicket: { text: string; until: number } | undefined;

  const takeTicket = (text: string): boolean => {
    const ticket = openTicket;
    if (ticket === undefined || ticket.until < Date.now()) return false;
    if (!isSame(mac(`ticket ${text}`), mac(`ticket ${ticket.text}`))) return false;
    openTicket = undefined;
    return true;
  };

  const begin = (c: Context, session: Session) => {
    const text = Buffer.from(JSON.stringify(session)).toString("base64url");
    setCookie(c, cookieName, `${text}.${mac(text).toString("base64url")}`, {
      httpOnly: true,
      sameSite: "Lax",
      secure: isSecure,
      path: "/",
      maxAge: lifetimeSeconds,
    });
    return true;
  };

  const sessionOf = (c: Context): Session | undefined => {
    const [text = "", signature = ""] = getCookie(c, cookieName)?.split(".") ?? [];
    if (!isSame(Buffer.from(signature, "base64url"), mac(text))) return undefined;
    const session = sessionSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return session.until > Date.now() ? session : undefined;
  };

  return {
    async signIn(c, credential, name) {
      const until = Date.now() + lifetimeSeconds * 1_000;
      if (takeTicket(credential)) return begin(c, { name, until });
      const found = await authority.ofToken(credential);
      if (found === undefined || !found.access.rights.some((right) => right !== "ingest")) {
        return false;
      }
      const { tokenId } = found;
      return begin(c, { name, until, ...(tokenId === undefined ? {} : { tokenId }) });
    },
    signOut: (c) => void deleteCookie(c, cookieName, { path: "/" }),
    async accessOf(c) {
      const session = sessionOf(c);
      if (session === undefined) return undefined;
      const { name: who, tokenId } = session;
      if (tokenId === undefined) return { who, rights: ["admin"] };
      const access = await authority.ofTokenId(tokenId);
      return access && { ...access, who };
    },
    ticket() {
      openTicket = { text: randomBytes(24).toString("base64url"), until: Date.now() + ticketMs };
      return openTicket.text;
    },
  };
}

const isSame = (one: Buffer, other: Buffer) =>
  one.length === other.length && timingSafeEqual(one, other);
