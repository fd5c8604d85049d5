import {
  type Delivery,
  detectionKinds,
  type NotificationSettings,
  type NotifierState,
  type Route,
  severities,
  utcTime,
  visibleText,
} from "@straycall/core";
import { DeadDeliveries } from "./dead-deliveries.js";
import { Layout } from "./layout.js";
import { NotifiersTable } from "./notifiers-table.js";

export interface SettingsPageProps {
  settings: NotificationSettings;
  lastChange: { by: string; at: number } | undefined;
  notifiers: readonly NotifierState[];
  dead: readonly Delivery[];
  /** What was done, or what is wrong. */
  message?: string;
}

const kindTexts: Record<(typeof detectionKinds)[number], string> = {
  "new-endpoint": "Anomalous outbound network call detected",
  "new-behavior": "Known endpoint called in a new way",
  "unusual-traffic": "Unusual traffic",
  "new-job": "New job in a watched repository",
  "blocked-call": "Call refused by a policy",
};
const paceTexts = {
  immediate: "at once",
  "per-run": "at the end of the run, in one message",
  daily: "once a day, in one message",
} as const;
/** Rows for further routes. */
const emptyRoutes = 2;

export function SettingsPage(props: SettingsPageProps) {
  const { settings, lastChange, notifiers, dead, message } = props;
  const names = notifiers.filter(({ isMissing }) => !isMissing).map(({ notifier }) => notifier);
  const empty: Route = { repository: "", notifiers: [] };
  const routes = [...settings.routes, ...Array.from({ length: emptyRoutes }, () => empty)];
  return (
    <Layout title="Settings" section="settings">
      <h1>Notification settings</h1>
      {message && (
        <p class="note" role="status">
          {visibleText(message, 1_000)}
        </p>
      )}
      <p class="lead">
        {lastChange
          ? `Changed last by ${visibleText(lastChange.by, 200)}, ${utcTime(lastChange.at)}.`
          : "These are the defaults."}
      </p>
      <p>
        <a href="/tokens">Tokens for agents and programs</a>
      </p>
      <form method="post" action="/settings" class="form">
        <fieldset>
          <legend>What is told</legend>
          {detectionKinds.map((kind) => (
            <label class="check">
              <input
                type="checkbox"
                name={`kind ${kind}`}
                value="1"
                checked={settings.kinds[kind]}
              />
              {kindTexts[kind]}
            </label>
          ))}
          <SeveritySelect
            label="From severity"
            name="minimumSeverity"
            value={settings.minimumSeverity}
          />
        </fieldset>
        <fieldset>
          <legend>When</legend>
          <PaceSelect label="Told" name="pace" value={settings.pace} />
          <label>
            Hour of the daily message (UTC)
            <input
              type="number"
              name="dailyAtHourUtc"
              min={0}
              max={23}
              value={settings.dailyAtHourUtc}
            />
          </label>
          <label>
            The same in many jobs is told together within so many minutes (0: not)
            <input
              type="number"
              name="fleetWindowMinutes"
              min={0}
              max={1_440}
              value={settings.fleetWindowMinutes}
            />
          </label>
        </fieldset>
        <fieldset>
          <legend>Where to, by repository</legend>
          <p class="minor">
            The first row that fits a repository counts; where none does, all notifiers tell. With
            no notifier ticked, nobody is told.
          </p>
          {routes.map((route, at) => (
            <div class="route">
              <label>
                Repository
                <input
                  name={`route ${at} repository`}
                  value={route.repository}
                  placeholder="acme/*"
                  maxlength={512}
                />
              </label>
              <SeveritySelect
                label="From severity"
                name={`route ${at} minimumSeverity`}
                value={route.minimumSeverity}
                other="as above"
              />
              <PaceSelect
                label="Told"
                name={`route ${at} pace`}
                value={route.pace}
                other="as above"
              />
              <span class="checks">
                {names.map((name) => (
                  <label class="check">
                    <input
                      type="checkbox"
                      name={`route ${at} notifier ${name}`}
                      value="1"
                      checked={route.notifiers.includes(name)}
                    />
                    {visibleText(name, 64)}
                  </label>
                ))}
              </span>
            </div>
          ))}
        </fieldset>
        <p class="actions">
          <button type="submit">Save</button>
        </p>
      </form>
      <NotifiersTable notifiers={notifiers} />
      <DeadDeliveries dead={dead} />
    </Layout>
  );
}

interface SelectProps<Value> {
  label: string;
  name: string;
  value: Value | undefined;
  /** What it means that nothing is chosen. */
  other?: string;
}

function SeveritySelect({ label, name, value, other }: SelectProps<string>) {
  return (
    <label>
      {label}
      <select name={name}>
        {other && <option value="">{other}</option>}
        {severities.map((severity) => (
          <option value={severity} selected={severity === value}>
            {severity}
          </option>
        ))}
      </select>
    </label>
  );
}

function PaceSelect({ label, name, value, other }: SelectProps<string>) {
  return (
    <label>
      {label}
      <select name={name}>
        {other && <option value="">{other}</option>}
        {Object.entries(paceTexts).map(([pace, text]) => (
          <option value={pace} selected={pace === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
