import { type Delivery, utcTime, visibleText } from "@straycall/core";

/** Through which notifiers a detection was told, and how that went. */
export function DeliveriesTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) {
    return (
      <p>Nobody was told: no notifier was set up, or it was below the severity that is told.</p>
    );
  }
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Notifier</th>
          <th scope="col">Status</th>
          <th scope="col">Attempts</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr>
            <th scope="row">{visibleText(delivery.notifier, 120)}</th>
            <td data-label="Status">
              <DeliveryStatus delivery={delivery} />
            </td>
            <td data-label="Attempts">{delivery.attempts}</td>
            <td data-label="When">{whenText(delivery)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DeliveryStatus({ delivery }: { delivery: Delivery }) {
  const { status, lastError } = delivery;
  const tones = { delivered: "green", pending: "blue", dead: "red" };
  const texts = { delivered: "Delivered", pending: "Pending", dead: "Given up" };
  return (
    <>
      <span class={`mark dot ${tones[status]}`}>{texts[status]}</span>
      {lastError !== undefined && status !== "delivered" && (
        <span class="minor">{visibleText(lastError, 300)}</span>
      )}
    </>
  );
}

function whenText({ status, deliveredAt, dueAt }: Delivery): string {
  if (deliveredAt !== undefined) return utcTime(deliveredAt);
  return status === "pending" ? `due ${utcTime(dueAt)}` : "–";
}
