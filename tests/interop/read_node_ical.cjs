// What node-ical reads in the files named: a JSON list of events for each, moments in UTC. Run with TZ=UTC: it gives
// whole days as the midnight of the machine's zone.
const fs = require("node:fs");
const ical = require("node-ical");

function moment(time) {
  const text = time.toISOString().replace(".000Z", "Z");
  return time.dateOnly ? text.slice(0, 10) : text;
}

function seconds(trigger) {
  const [, sign, hours] = trigger.match(/^(-?)PT(\d+)H$/);
  return Number(`${sign}${hours}`) * 3600;
}

function read(text) {
  const events = Object.values(ical.sync.parseICS(text)).filter((entry) => entry.type === "VEVENT");
  return events.map((event) => ({
    uid: event.uid,
    start: moment(event.start),
    end: moment(event.end),
    summary: event.summary,
    description: event.description,
    status: event.status,
    sequence: Number(event.sequence),
    categories: event.categories,
    alarms: (event.alarms ?? []).map((alarm) => seconds(alarm.trigger)),
  }));
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map((path) => read(fs.readFileSync(path, "utf8")))));
