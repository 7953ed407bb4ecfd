"""What goes out, and to whom: calendars, subscriptions, recipients and the messages that wait."""
