import type { RateLimit } from "./routes/rate-limit.js";

/** What the API and the pages need to know. */
export interface AppSettings {
  ingestToken: string;
  /** What signs people in to change something. */
  adminToken: string;
  publicUrl: string;
  /** As the monitor has it: the pages say which runs only teach. */
  learningRuns: number;
  /** Keys of the jobs whose runs are a replayed recording. */
  recordedJobs: ReadonlySet<string>;
  rateLimit?: RateLimit;
}
