import { type Notifier, notificationText, type Severity, visibleText } from "@straycall/core";

export interface NtfyOptions {
  /** The server, `https://ntfy.example`. */
  server: string;
  topic: string;
}

/** ntfy's priorities, 1 to 5 (https://docs.ntfy.sh/publish/#message-priority). */
const priorities: Record<Severity, number> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };

/** Tells detections on a phone, through an ntfy server: JSON, so that no hostile name gets into a header. */
export function ntfyNotifier({ server, topic }: NtfyOptions): Notifier {
  return {
    name: `ntfy-${topic}`,
    async notify(notification, signal) {
      const { detection, links, idempotencyKey } = notification;
      const answer = await fetch(server, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "Idempotency-Key": encodeURIComponent(idempotencyKey),
        },
        body: JSON.stringify({
          topic,
          title: visibleText(`Straycall: ${detection.endpoint.host}`, 200),
          // ntfy turns what is longer than 4,096 bytes into an attachment.
          message: notificationText(notification).slice(0, 2_000),
          priority: priorities[detection.severity],
          ...(links.detection ? { click: links.detection } : {}),
        }),
        signal,
      });
      if (!answer.ok) throw new Error(`ntfy answered ${answer.status}`);
    },
  };
}
