import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Who may change something by the pages: who knows the admin token, under a name of their own. */
export interface AdminSessions {
  /** Signs in; `false` if the token is another. */
  signIn(c: Context, token: string, name: string): boolean;
  signOut(c: Context): void;
  /** Under which name somebody is signed in; `undefined` if nobody is. */
  who(c: Context): string | undefined;
}

const cookieName = "straycall_admin";
const lifetimeSeconds = 12 * 3_600;

/** Sessions are signed cookies: nothing is kept, and another token ends them all. */
export function adminSessions(adminToken: string, isSecure: boolean): AdminSessions {
  const mac = (text: string) => createHmac("sha256", adminToken).update(text).digest();
  const isSame = (one: Buffer, other: Buffer) =>
    one.length === other.length && timingSafeEqual(one, other);
  const isToken = (token: string) => isSame(mac(`token ${token}`), mac(`token ${adminToken}`));

  return {
    signIn(c, token, name) {
      if (!isToken(token)) return false;
      const until = Date.now() + lifetimeSeconds * 1_000;
      const session = Buffer.from(JSON.stringify({ name, until })).toString("base64url");
      setCookie(c, cookieName, `${session}.${mac(`session ${session}`).toString("base64url")}`, {
        httpOnly: true,
        sameSite: "Strict",
        secure: isSecure,
        path: "/",
        maxAge: lifetimeSeconds,
      });
      return true;
    },
    signOut: (c) => void deleteCookie(c, cookieName, { path: "/" }),
    who(c) {
      const [session = "", signature = ""] = getCookie(c, cookieName)?.split(".") ?? [];
      if (!isSame(Buffer.from(signature, "base64url"), mac(`session ${session}`))) return undefined;
      const { name, until } = JSON.parse(Buffer.from(session, "base64url").toString()) as {
        name: string;
        until: number;
      };
      return until > Date.now() ? name : undefined;
    },
  };
}
