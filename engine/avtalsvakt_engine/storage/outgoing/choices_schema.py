"""The tables of what subscribers choose, and of where the program is reached from outside.

`subscription_choices` holds, for each subscription, the days beforehand at which an alarm rings (NULL: none), what its
calendar is without (a JSON list), and its name and colour. `calendar_site` holds the address that events link to.
Subscriptions from before keep the alarm that they had: the day before, or none.
"""

CHOICES_SCHEMA = """
CREATE TABLE subscription_choices (
    subscription INTEGER PRIMARY KEY REFERENCES subscriptions (id),
    lead INTEGER CHECK (lead BETWEEN 0 AND 30),
    without TEXT NOT NULL,
    name TEXT,
    colour TEXT
) STRICT;
CREATE TABLE calendar_site (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    base TEXT NOT NULL
) STRICT;
INSERT INTO subscription_choices SELECT id, CASE alarm WHEN 1 THEN 1 END, '[]', NULL, NULL FROM subscriptions
"""
