import { createHash, timingSafeEqual } from "node:crypto";
import type { Access } from "./access.js";
import type { ApiToken, ApiTokens } from "./api-tokens.js";

/** Whose a token is. */
export interface Authority {
  /** `tokenId` is unset for the tokens that the environment, or the data folder, holds. */
  ofToken(text: string): Promise<{ access: Access; tokenId?: string } | undefined>;
  ofTokenId(id: string): Promise<Access | undefined>;
}

export interface FixedTokens {
  ingestToken: string;
  adminToken: string;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** The fixed tokens, of which each opens all repositories, and those that people made. */
export function authorityOf(
  { ingestToken, adminToken }: FixedTokens,
  tokens: ApiTokens,
): Authority {
  const fixed: [Buffer, Access][] = [
    [digest(adminToken), { who: "admin token", rights: ["admin"] }],
    [digest(ingestToken), { who: "ingest token", rights: ["ingest"] }],
  ];
  return {
    async ofToken(text) {
      const sent = digest(text);
      // Digests have one length, so comparing them takes one time whatever was sent.
      const known = fixed.find(([expected]) => timingSafeEqual(expected, sent));
      if (known) return { access: known[1] };
      const made = await tokens.find(text);
      return made && { access: accessOf(made), tokenId: made.id };
    },
    async ofTokenId(id) {
      const made = await tokens.get(id);
      return made && accessOf(made);
    },
  };
}

function accessOf({ name, right, repositories }: ApiToken): Access {
  return {
    who: name,
    rights: [right],
    ...(repositories.includes("*") ? {} : { repositories }),
  };
}
