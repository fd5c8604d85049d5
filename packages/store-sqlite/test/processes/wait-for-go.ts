import { once } from "node:events";

/** Says that this process is ready and waits until its parent lets it go on. */
export async function waitForGo(): Promise<void> {
  console.log("ready");
  await once(process.stdin, "data");
}
