import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A token that somebody must send. */
export interface KeptToken {
  token: string;
  /** The file it is kept in; unset if it came from elsewhere. */
  path?: string;
}

/**
 * Reads a token from its file in the data folder, which only the owner may read; makes a random one the first time.
 */
export async function keptToken(dataFolder: string, name: string): Promise<KeptToken> {
  const path = join(dataFolder, name);
  try {
    await writeFile(path, `${randomBytes(32).toString("base64url")}\n`, {
      flag: "wx",
      mode: 0o600,
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const token = (await readFile(path, "utf8")).trim();
  if (token.length < 16) throw new Error(`${path} holds no token: delete it and start again`);
  return { token, path };
}
