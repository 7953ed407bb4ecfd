// What ical.js makes of repeated events in the files named: for each file the moments (UTC) or days on which an event
// that is not called off takes place, from 1990 to the year given first.
const fs = require("node:fs");
const module_ = require("ical.js");
const ICAL = module_.default ?? module_;

const last = Number(process.argv[2]);

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z");
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const found = [];
  const take = (item, start) => {
    if (item.component.getFirstPropertyValue("status") !== "CANCELLED" && start.year >= 1990) found.push(moment(start));
  };
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    if (event.isRecurrenceException()) continue;
    if (!event.isRecurring()) {
      if (event.startDate.year <= last) take(event, event.startDate);
      continue;
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next && next.year <= last; next = iterator.next()) {
      const details = event.getOccurrenceDetails(next);
      take(details.item, details.startDate);
    }
  }
  return found;
}

process.stdout.write(JSON.stringify(process.argv.slice(3).map((path) => read(fs.readFileSync(path, "utf8")))));
