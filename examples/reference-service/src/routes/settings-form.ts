import {
  detectionKinds,
  type NotificationSettingsChange,
  type Pace,
  type Route,
  type Severity,
} from "@straycall/core";

/** More rows than anybody fills in. */
const maxRoutes = 502;

/** Reads the form of the settings page; what is wrong with the values the monitor says. */
export function readSettingsForm(form: FormData): NotificationSettingsChange {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const kinds = Object.fromEntries(detectionKinds.map((kind) => [kind, form.has(`kind ${kind}`)]));
  const routes: Route[] = [];
  for (let at = 0; at < maxRoutes && form.has(`route ${at} repository`); at += 1) {
    const repository = text(`route ${at} repository`);
    if (repository === "") continue;
    const prefix = `route ${at} notifier `;
    const notifiers = [...form.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
    const minimumSeverity = text(`route ${at} minimumSeverity`);
    const pace = text(`route ${at} pace`);
    routes.push({
      repository,
      notifiers,
      ...(minimumSeverity === "" ? {} : { minimumSeverity: minimumSeverity as Severity }),
      ...(pace === "" ? {} : { pace: pace as Pace }),
    });
  }
  return {
    kinds,
    minimumSeverity: text("minimumSeverity") as Severity,
    pace: text("pace") as Pace,
    dailyAtHourUtc: Number(text("dailyAtHourUtc") || Number.NaN),
    fleetWindowMinutes: Number(text("fleetWindowMinutes") || Number.NaN),
    routes,
  };
}
