import type { PageQuery } from "@straycall/core";
import { z } from "zod";

const pageQuerySchema = z.object({
  cursor: z.string().min(1).max(1024).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});

/** Reads `?cursor=...&limit=...`; answers with the name of the parameter that is wrong, if one is. */
export function readPageQuery(
  query: Record<string, string>,
): { page: PageQuery } | { wrong: string; message: string } {
  const parsed = pageQuerySchema.safeParse(query);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { wrong: String(issue?.path[0]), message: issue?.message ?? "is wrong" };
  }
  const { cursor, limit } = parsed.data;
  return {
    page: {
      ...(cursor === undefined ? {} : { cursor }),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}
