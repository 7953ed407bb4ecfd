"""Does a coordinator's jobs in Chromium and looks at every page with axe-core; run with the Python of build/interop.

`browse.py jobs ADDRESS SIZE script|plain` writes the steps of each job: clicks, counted from the start page.
`browse.py axe ADDRESS AXE.JS LOOK` writes what is wrong with each page in one size, dark, or in forced colours.
`browse.py keys ADDRESS` mends something late with the keyboard alone: what was focused without being seen.
`browse.py together ADDRESS` lets two people record the same thing at once: what each was told.
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

SIZES = {"dator": (1280, 900), "telefon": (360, 740), "smal": (320, 640), "fyra gånger så stort": (320, 256)}
FULLY = ("dator", "smal")
"""The sizes in which everything is looked at; in the other only whether a page scrolls sideways."""
STATES = {"mörk": {"color_scheme": "dark"}, "tvingade färger": {"forced_colors": "active"}}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""All that axe-core knows of the law and of good practice; and what alone is another in other colours."""
DUTY = "ostermalm-2020.styrgrupp-moten.2026"


class Person:
    """Somebody at a page, whose clicks are counted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.steps = page, address, 0
        page.goto(address)

    def click(self, name: str, role: str = "link") -> None:
        self.steps += 1
        self.page.locator("a" if role == "link" else "button", has_text=name).first.click()

    def see(self, text: str) -> None:
        self.page.locator("body", has_text=text).wait_for()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)


def mend_something_late(one: Person) -> None:
    one.see("Försenat som kan rättas till")
    one.click("Registrera: Kommunen uppdaterar lägesbilden")
    one.click("Visa vad som ändras", "button")
    one.see("Uppfylld för sent")
    one.click("Spara", "button")
    one.see("Sparat")


def why(one: Person) -> None:
    one.click("Beredningsgruppen har de tre ledamöter som krävs")
    one.see("Så är det bedömt")


def record_a_meeting(one: Person) -> None:
    one.click("Blev av Lokal beredningsgrupp")
    one.write("Dag", "2026-11-30")
    one.click("Visa vad som ändras", "button")
    one.see("Det här ändras")
    one.click("Spara", "button")
    one.see("Sparat")


def a_whole_chain(one: Person) -> None:
    one.click("Östermalm")
    one.click("Registrera: Styrgruppen beslutar om uppdateringen")
    one.page.fill("input[name='1.date']", "2026-11-30")
    one.page.fill("input[name='2.date']", "2026-11-30")
    one.click("Visa vad som ändras", "button")
    one.click("Spara", "button")
    one.see("beslut skriftligen dokumenterat")


def fix_a_mistake(one: Person) -> None:
    one.click("Registreringar")
    one.click("Rätta")
    one.write("Datum", "2026-11-28")
    one.write("Skäl", "fel dag")
    one.click("Visa vad som ändras", "button")
    one.see("Kontrollera och spara")
    one.click("Spara", "button")
    one.see("Sparat")


def due_before_christmas(one: Person) -> None:
    one.page.locator("a[href='#kommande']").first.click()
    one.steps += 1
    one.see("Lokal styrgrupp, Östermalm")


def what_if(one: Person) -> None:
    one.page.locator("summary", has_text="Östermalm").first.click()
    one.steps += 1
    one.click("Styrgruppen träffas två gånger 2026")
    one.write("Om det görs dagen", "10 december 2026")
    one.click("Visa", "button")
    one.see("Uppfylld (2 av 2)")


def import_a_sheet(one: Person) -> None:
    one.click("Registrera")
    one.click("Läs in ett kalkylblad")
    sheet = "id;kind;agreement;date;body\nblad-1;meeting_held;ostermalm-2020;2026-11-24;local_working_group\n"
    one.page.set_input_files("#fil", {"name": "möten.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
    one.click("Visa vad som läses in", "button")
    one.see("en ny registrering")
    one.click("Läs in", "button")
    one.see("24 november 2026")


def answer_from_a_link(one: Person) -> None:
    """The link is made by somebody else; steps are counted from it."""
    one.page.goto(f"{one.address}/avtal/ostermalm-2020/lankar?funktion=kommunpolis")
    one.page.locator("button[value=gor]").click()
    address = one.page.locator(".panel code").inner_text()
    one.page.context.clear_cookies()
    one.page.goto(address)
    for question in one.page.locator("fieldset").all():
        question.get_by_label("Ja", exact=True).check()
    one.steps += 1
    one.click("Skicka svaren", "button")
    one.see("Alla frågor är besvarade. Tack!")


def report_for_a_year(one: Person) -> None:
    one.click("Rapport")
    one.click("Hela 2025")
    one.see("uppfylldes i tid")


def subscribe(one: Person) -> None:
    one.click("Östermalm")
    one.click("Kalender att prenumerera på")
    one.write("Vem ska prenumerera?", "säkerhetssamordnare")
    one.click("Gör en adress", "button")
    assert "/kalender/" in one.page.locator(".panel code").inner_text()


def hand_over(one: Person) -> None:
    one.click("Östermalm")
    one.click("Lämna över avtalet")
    one.see("Vilka som har registrerat")


JOBS: dict[str, Callable[[Person], None]] = {
    one.__name__: one
    for one in (
        mend_something_late, why, record_a_meeting, a_whole_chain, fix_a_mistake, import_a_sheet, answer_from_a_link,
        due_before_christmas, report_for_a_year, what_if, subscribe, hand_over,
    )
}  # fmt: skip
PAGES = {
    "start": "/", "avtalen": "/avtal", "avtal": "/avtal/ostermalm-2020", "avslutat avtal": "/avtal/norrmalm-2016",
    "skyldighet": f"/skyldighet/{DUTY}?dag=2026-12-10",
    "försenad": "/skyldighet/kommun-vaxholm.lag-2023-196.lagesbild-uppdateras.2024/2025", "registrera": "/registrera",
    "formulär": "/registrera/ostermalm-2020/role_assigned", "möte": "/mote/ost-017/blev-av",
    "kedja": "/skyldighet/ostermalm-2020.uppdatering-beslutas.ost-169/gor",
    "frågor": "/fragor/ostermalm-2020?funktion=kommunpolis",
    "registreringar": "/registreringar", "registrering": "/registrering/ost-027",
    "rätta": "/registrering/ost-027/ratta",
    "ångra": "/registrering/ost-027/aterkalla", "fel dag": f"/skyldighet/{DUTY}?dag=x", "finns inte": "/finns-inte",
    "tillgänglighet": "/tillganglighet", "om": "/om",
    "länkar": "/avtal/ostermalm-2020/lankar", "prenumerationer": "/avtal/ostermalm-2020/prenumerationer",
    "överlämning": "/avtal/ostermalm-2020/overlamning", "rapportval": "/rapport",
    "fel period": "/rapport?fran=x&till=y",
    "rapport": "/rapport?fran=2025-01-01&till=2025-12-31&avtal=ostermalm-2020", "texterna": "/klausuler",
    "klausuler": "/klausuler?text=vaxholm-2023", "läsningar": "/lasningar", "sandlåda": "/regler/prova",
    "behörigheter": "/behorigheter",
    "inläsning": "/inlasning", "länk som inte gäller": "/svar/finns-inte",
}  # fmt: skip


def states(one: Person) -> dict[str, Callable[[], object]]:
    """Pages that are only reached by sending something: how somebody gets there, from any page."""

    def sent(path: str, press: str, **typed: str) -> Callable[[], object]:
        def go() -> None:
            one.page.goto(one.address + path)
            for field, text in typed.items():
                one.page.fill(f"[id='{field}']", text)
            one.page.locator("main button", has_text=press).first.click()

        return go

    def attached() -> None:
        one.page.goto(f"{one.address}/inlasning")
        sheet = "kind;agreement;date;body\nmeeting_held;ostermalm-2020;2026-11-25;local_working_group\nx;y;z;\n"
        one.page.set_input_files("#fil", {"name": "blad.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
        one.page.locator("main button").first.click()

    def linked() -> None:
        sent("/avtal/ostermalm-2020/lankar?funktion=kommunpolis", "Gör en länk")()
        one.page.goto(one.page.locator(".panel code").inner_text())

    def linked_wrongly() -> None:
        linked()
        one.page.locator("main form button").click()

    return {
        "kontroll": sent("/mote/ost-017/blev-av", "Visa", **{"f-1.date": "2026-11-30"}),
        "fel i formulär": sent("/mote/ost-017/blev-av", "Visa", **{"f-1.date": "31 februari 2026"}),
        "ny länk": sent("/avtal/ostermalm-2020/lankar", "Gör en länk"),
        "länk med fel dag": sent("/avtal/ostermalm-2020/lankar", "Gör en länk", till="1999-01-01"),
        "ny prenumeration": sent("/avtal/ostermalm-2020/prenumerationer", "Gör", **{"for": "samordnare"}),
        "ingen prenumerant": sent("/avtal/ostermalm-2020/prenumerationer", "Gör"),
        "prövad regelfil": sent("/regler/prova", "Pröva", regler="instrument: x\ntitle: y\n"),
        "ingen fil": sent("/inlasning", "Visa"), "rad för rad": attached,
        "svara": linked, "inget svar": linked_wrongly,
    }  # fmt: skip


def looked_at(page: Page, axe: str, rules: Mapping[str, object] | None) -> list[str]:
    """What axe-core has against a page by the rules, with everything folded opened; whether it scrolls sideways."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found: dict[str, Any] = {"violations": []}
    if rules is not None:
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run({runOnly: rules})", rules)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
    return told + (["scrolls sideways"] if wide else [])


def jobs(playwright: Playwright, address: str, size: str, script: bool) -> dict[str, int]:
    """The steps of each job, in a browser of that size, with or without JavaScript."""
    browser = launched(playwright)
    steps = {}
    for name, do in JOBS.items():
        w, h = SIZES[size]
        context = browser.new_context(java_script_enabled=script, viewport={"width": w, "height": h})
        one = Person(context.new_page(), address)
        do(one)
        steps[name] = one.steps
        context.close()
    browser.close()
    return steps


FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return [one.innerText || one.value || one.name || one.tagName, marked && seen];
}"""
"""What has the focus, and whether somebody who looks at the page sees that it does."""


def with_keys(playwright: Playwright, address: str) -> dict[str, Any]:
    """Something late is mended with Tab and Enter: the pages on the way, and what was focused without being seen."""
    browser = launched(playwright)
    page = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(address)
    unseen, done = [], []
    for wanted in ("Registrera: Kommunen uppdaterar lägesbilden", "Visa vad som ändras", "Spara"):
        for _ in range(200):
            page.keyboard.press("Tab")
            text, seen = page.evaluate(FOCUSED)
            unseen += [] if seen else [text[:80]]
            if text.replace("\n", "").startswith(wanted):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        done.append(page.locator("h1").inner_text())
    browser.close()
    return {"done": done, "unseen": unseen}


def together(playwright: Playwright, address: str) -> list[str]:
    """Two people fill in the same form, look at what it changes, and save, one after the other: what each is told."""
    browser = launched(playwright)
    people = [Person(browser.new_context().new_page(), address) for _ in range(2)]
    for one in people:
        one.click("Blev av Lokal beredningsgrupp")
        one.write("Dag", "2026-11-30")
        one.click("Visa vad som ändras", "button")
    told = []
    for one in people:
        one.click("Spara", "button")
        told.append(one.page.locator("main").inner_text())
    browser.close()
    return told


def violations(playwright: Playwright, address: str, axe: str, wanted: str) -> dict[str, Any]:
    """How many pages were looked at in one look, and what is wrong by page. States are looked at in two sizes."""
    browser = launched(playwright)
    looks: dict[str, dict[str, Any]] = {size: {"viewport": {"width": w, "height": h}} for size, (w, h) in SIZES.items()}
    looks |= {state: {"viewport": {"width": 1280, "height": 900}, **more} for state, more in STATES.items()}
    wrong, number = {}, 0
    for look, options in ((wanted, looks[wanted]),):
        # Without bypass_csp the pages' own policy would keep axe-core out.
        context = browser.new_context(bypass_csp=True, **options)
        one = Person(context.new_page(), address)
        reach: dict[str, Callable[[], object]] = {
            name: partial(one.page.goto, address + path) for name, path in PAGES.items()
        }
        for name, go in (reach | (states(one) if look in FULLY else {})).items():
            go()
            number += 1
            rules = RULES if look in FULLY else COLOURS if look in STATES else None
            if found := looked_at(one.page, axe, rules):
                wrong[f"{name}, {look}"] = found
        context.close()
    browser.close()
    return {"pages": number, "wrong": wrong}


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium, without a window."""
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


if __name__ == "__main__":
    with sync_playwright() as started:
        if sys.argv[1] == "jobs":
            told: object = jobs(started, sys.argv[2], sys.argv[3], sys.argv[4] == "script")
        elif sys.argv[1] == "keys":
            told = with_keys(started, sys.argv[2])
        elif sys.argv[1] == "together":
            told = together(started, sys.argv[2])
        else:
            with open(sys.argv[3], encoding="utf-8") as file:  # noqa: PTH123
                told = violations(started, sys.argv[2], file.read(), sys.argv[4])
    print(json.dumps(told, ensure_ascii=False))
