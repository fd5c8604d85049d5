import type { CaptureEvent, RunRef } from "@straycall/core";

/** Something to do, for any process: to do it again changes nothing. */
export type Work =
  | { kind: "observe"; ref: RunRef; commit: string; events: CaptureEvent[] }
  | { kind: "finish"; ref: RunRef; commit: string };

export interface WorkOrder {
  id: number;
  work: Work;
}

/** `ready` when the process takes work; then an answer to each order. */
export type WorkerMessage = { ready: true } | { id: number; error?: string };

/** What a process is started with, as JSON in its first argument. */
export interface WorkerOptions {
  database: string;
  webhookUrl: string;
  webhookSecret: string;
  smtpPort: number;
  githubUrl: string;
  githubToken: string;
}
