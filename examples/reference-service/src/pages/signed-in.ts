import { createContext } from "hono/jsx";
import type { Access } from "../access/access.js";

/** Who looks at the page; unset while nobody has signed in. */
export const SignedIn = createContext<Access | undefined>(undefined);
