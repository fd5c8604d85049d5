import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type Store, StraycallError } from "@straycall/core";
import { z } from "zod";

export const tokenRequestSchema = z.object({
  /** Whose it is, or what it is for. */
  name: z.string().trim().min(1).max(100),
  right: z.enum(["ingest", "read"]),
  /** `acme/shop`, all of an owner as `acme/*`, or `*` for all. */
  repositories: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(512)
        .regex(/^(?:\*|[^*]+\/\*|[^*]+)$/, "must be a repository, OWNER/* or *"),
    )
    .min(1)
    .max(100),
});

const keptTokenSchema = tokenRequestSchema.extend({
  id: z.string(),
  hash: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  endedAt: z.number().optional(),
  endedBy: z.string().optional(),
});
type StoredToken = z.infer<typeof keptTokenSchema>;

/** A token without what opens anything. */
export type ApiToken = Omit<StoredToken, "hash">;

/** Tokens that people make for agents and programs: kept as hashes, shown once, ended but never removed. */
export interface ApiTokens {
  list(): Promise<ApiToken[]>;
  /** Makes one; its text is told here and never again. Throws CONFIG_INVALID naming the field. */
  create(request: unknown, by: string): Promise<{ token: string; made: ApiToken }>;
  /** Throws NOT_FOUND if there is none of this id. */
  end(id: string, by: string): Promise<void>;
  /** The one that a text is, unless it was ended. */
  find(text: string): Promise<ApiToken | undefined>;
  /** The same by its id: for a session that it began. */
  get(id: string): Promise<ApiToken | undefined>;
}

const setting = "api-tokens";
const maxTokens = 500;
/** So that a secret scanner knows one. */
const prefix = "stray_";

/** A token has 256 random bits: nobody tries them all, so a plain hash is as good as a slow one. */
const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url");

export function apiTokens(store: Pick<Store, "settings">, now: () => number = Date.now): ApiTokens {
  const read = (value: unknown): StoredToken[] => z.array(keptTokenSchema).parse(value ?? []);
  const stored = async () => read((await store.settings.get(setting))?.value);
  const active = async (fits: (token: StoredToken) => boolean) => {
    const found = (await stored()).find((token) => token.endedAt === undefined && fits(token));
    return found && shown(found);
  };

  return {
    list: async () => (await stored()).map(shown).reverse(),
    async create(request, by) {
      const parsed = tokenRequestSchema.safeParse(request);
      if (!parsed.success) throw invalid(parsed.error);
      const token = prefix + randomBytes(32).toString("base64url");
      const made: StoredToken = {
        ...parsed.data,
        id: randomUUID(),
        hash: hashOf(token),
        createdAt: now(),
        createdBy: by,
      };
      await store.settings.change(setting, (value) => {
        const known = read(value);
        if (known.length < maxTokens) return [...known, made];
        const ended = known.findIndex(({ endedAt }) => endedAt !== undefined);
        if (ended < 0) {
          throw new StraycallError("CONFIG_INVALID", `there are ${maxTokens} tokens already`);
        }
        return [...known.toSpliced(ended, 1), made];
      });
      return { token, made: shown(made) };
    },
    async end(id, by) {
      await store.settings.change(setting, (value) => {
        const known = read(value);
        if (!known.some((token) => token.id === id)) {
          throw new StraycallError("NOT_FOUND", `there is no token ${id}`);
        }
        return known.map((token) =>
          token.id === id && token.endedAt === undefined
            ? { ...token, endedAt: now(), endedBy: by }
            : token,
        );
      });
    },
    // Hashes are compared, not texts: how long that takes tells nothing of a token.
    find: (text) => active(({ hash }) => hash === hashOf(text)),
    get: (id) => active((token) => token.id === id),
  };
}

function shown({ hash: _, ...token }: StoredToken): ApiToken {
  return token;
}

function invalid(error: z.ZodError): StraycallError {
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? "body");
  return new StraycallError("CONFIG_INVALID", `${field}: ${issue?.message}`, { field });
}
