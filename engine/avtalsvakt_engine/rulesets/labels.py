"""What each rule says, in one short Swedish sentence, for explanations."""

from collections.abc import Mapping
from types import MappingProxyType

_VIOLATION_STATES_IN_SWEDISH = {
    "none": "Kunde inte bedömas; det finns fortfarande ingen överträdelse.",
    "raised": "Kunde inte bedömas; överträdelsen ligger kvar.",
    "standing": "Kunde inte bedömas; överträdelsen består.",
    "cured": "Kunde inte bedömas; överträdelsen är fortfarande läkt.",
    "excused": "Kunde inte bedömas; överträdelsen är fortfarande ursäktad.",
    "annulled": "Kunde inte bedömas; överträdelsen är fortfarande avskriven.",
}

RULE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        # applicability
        "before_start": "Avtalet eller åtagandet har inte börjat gälla.",
        "outside_term": "Dagen ligger utanför giltighetstiden.",
        "lapsed": "Skyldigheten föll bort när avtalet upphörde.",
        "occasion_called_off": "Tillfället är inställt utan ny dag.",
        "part_period_below_threshold": "Avtalet gäller mindre än hälften av periodens dagar.",
        "whole_period_in_term": "Tiden ligger inom giltighetstiden.",
        "part_period_in_term": "Delperiod: avtalet gäller minst hälften av dagarna, så hela kravet gäller.",
        "condition_not_met": "Villkoret för skyldigheten är inte uppfyllt.",
        "released": "Skyldigheten har fallit bort enligt klausulens eget undantag.",
        "asked_anew": "Frågan besvarades inte; den har ställts på nytt eller ställs inte längre.",
        "other_text_governs": "Den andra texten gäller ensam för det som båda kräver.",
        "need_dormant": "Skyldigheten vilar tills ett behov registreras.",
        "duty_applies": "Skyldigheten gäller.",
        # status
        "done_in_time": "Tillräckligt är gjort i tid.",
        "done_late": "Gjort efter sista dagen, där det går att göra i efterhand.",
        "waived_in_form": "Parterna har medgett undantag i föreskriven form.",
        "decisive_detail_missing": "En uppgift som avgör saken saknas i registret.",
        "breach_on_record": "Registreringen visar själv att kravet inte följdes.",
        "departure_on_record": "Registreringen visar själv att rekommendationen inte följdes.",
        "not_yet_open": "Perioden har inte börjat.",
        "time_left": "Inte gjort ännu, men det är gott om tid kvar.",
        "open_without_date": "Inte gjort ännu; texten anger ingen sista dag.",
        "still_asked": "Inte intygat ännu; frågan ställs, men ett uteblivet svar är ingen överträdelse.",
        "due_soon": "Inte gjort ännu, och sista dagen närmar sig.",
        "due_day_passed": "Sista dagen har passerat utan att skyldigheten är uppfylld.",
        "recommended_day_passed": "Rekommendationens dag har passerat utan att den har följts.",
        "right_used": "Rätten har utnyttjats.",
        "use_without_effect": "Rätten utnyttjades utanför sin tid eller sina villkor och saknar verkan.",
        "right_lapsed_unused": "Tiden gick ut utan att rätten utnyttjades.",
        "right_available": "Rätten kan fortfarande utnyttjas.",
        "forbidden_act_done": "Det som inte fick göras har gjorts.",
        "forbidden_act_excused": "Det som inte fick göras har gjorts, men undantag är medgivet.",
        "prohibition_kept": "Tiden har gått ut och inget otillåtet är registrerat.",
        "prohibition_undecided": "Det framgår inte om det som är registrerat strider mot förbudet.",
        "prohibition_in_force": "Förbudet gäller och inget otillåtet är registrerat.",
        # paper
        "agreed_orally": "Överenskommet muntligen; det räcker inte.",
        "signed_by_one": "Undertecknat av bara den ena parten.",
        "signed_by_both": "Undertecknat av båda parter.",
        "form_not_understood": "Formen är varken skriftlig eller muntlig; det godtas men bör styrkas.",
        "form_not_understood_unsigned": "Oklar form och inga underskrifter registrerade; det godtas men bör styrkas.",
        "form_not_understood_unproven": "Oklar form och inga underskrifter registrerade; utan dem saknas verkan.",
        "form_unrecorded": "Ingen form är registrerad; det godtas men bör styrkas.",
        "form_unproven": "Ingen form är registrerad, och enligt vald läsning krävs den.",
        "signatures_unrecorded": "Inga underskrifter är registrerade; det godtas men bör styrkas.",
        "signatures_unproven": "Inga underskrifter är registrerade; utan dem saknas verkan.",
        # extension
        "extended_after_expiry": "Avtalet hade redan löpt ut och kunde inte förlängas.",
        "superior_not_in_force": "Det övergripande avtalet gäller inte när den nya tiden börjar.",
        "extension_without_form": "Förlängningen saknar den form som krävs.",
        "agreed_in_time": "Överenskommet före utgången och utan känd brist i formen.",
        "option_used": "Förlängt enligt klausulen, med villkoren uppfyllda.",
        "option_form_unproven": "Förlängt enligt klausulen; formen är inte styrkt.",
        "option_conditions_unproven": "Förlängt enligt klausulen; villkoren är inte styrkta.",
        "failed_condition_amends": "Ett villkor brast; förlängningen gäller som undertecknad ändring.",
        "failed_condition_amends_unproven": "Ett villkor brast; gäller som ändring vars form inte är styrkt.",
        "other_length_amends": "Annan längd än klausulens; gäller som undertecknad ändring.",
        "other_length_amends_unproven": "Annan längd än klausulens; gäller som ändring vars form inte är styrkt.",
        "no_clause_amends": "Avtalet saknar förlängningsklausul; gäller som undertecknad ändring.",
        "no_clause_amends_unproven": "Förlängningsklausul saknas; gäller som ändring vars form inte är styrkt.",
        # ending
        "right_ends_term": "En rätt att avsluta avtalet är utnyttjad i tid och på sina villkor.",
        "term_ends_first": "Avtalet slutar ändå senast den dag då den utnyttjade rätten skulle ha avslutat det.",
        "right_without_day": "Den dag som upphörandet räknas från är inte känd.",
        "extended_after_right": "Parterna förlängde avtalet efter att rätten att avsluta det hade utnyttjats.",
        # waiver
        "waived_in_writing_by_both": "Undantaget är skriftligt och undertecknat av båda.",
        "waiver_not_signed_by_both": "Undantaget är inte undertecknat av båda.",
        "waiver_not_in_writing": "Undantaget är muntligt.",
        "waiver_form_unrecorded": "Undantagets form är inte registrerad; det godtas men bör styrkas.",
        "waiver_form_unproven": "Undantagets form är inte registrerad, och enligt vald läsning krävs den.",
        "waiver_form_not_understood": "Undantagets form är varken skriftlig eller muntlig.",
        "waived_by_both": "Båda parter har medgett undantaget.",
        "waiver_not_agreed": "Det är inte registrerat att båda parter medgett undantaget.",
        # effect
        "requirement_met": "Kravet för giltighet är uppfyllt.",
        "requirement_missing": "Kravet för giltighet är inte uppfyllt; åtgärden saknar verkan.",
        "requirement_unproven": "Det är inte registrerat om kravet för giltighet är uppfyllt.",
        # order
        "steps_in_order": "Stegen kom i rätt ordning.",
        "steps_reversed": "Steget togs före det som skulle komma först.",
        "previous_step_missing": "Steget togs utan att det föregående är registrerat.",
        # alternation
        "chair_unrecorded": "Det är inte registrerat vem som var ordförande.",
        "previous_chair_unrecorded": "Det är inte registrerat vem som var ordförande förra gången.",
        "first_in_sequence": "Första mötet i följden; vem som börjar är fritt.",
        "chair_alternated": "Ordförandeskapet har växlat.",
        "chair_repeated": "Ordförandeskapet har inte växlat.",
        "chair_place_contradicted": "Uppgifterna om ordförandeskapets följd motsäger varandra.",
        # lateness
        "nothing_cures": "Enligt vald läsning kan det missade inte göras i efterhand.",
        "names_another_period": "Åtgärden anger en annan period.",
        "anything_later_cures": "Enligt vald läsning räcker en senare åtgärd.",
        "missed_meeting_stays_missed": "Ett uteblivet möte kan inte hållas i efterhand.",
        "document_names_period": "Handlingen anger den period den avser.",
        "document_names_no_period": "Handlingen anger ingen period och räknas i den då den gjordes.",
        "same_year_after_fixed_day": "Gjort efter den fasta dagen men samma kalenderår.",
        "later_year_names_this": "Gjort ett senare år men anger det år det avser.",
        "belongs_to_its_own_year": "Gjort ett senare år och räknas i det året.",
        "first_later_act": "Första åtgärden efter sista dagen.",
        # presumption
        "received_before_presumed_day": "Mottagandet är registrerat före den dag då det annars presumeras.",
        "presumed_day_fixed": "Enligt vald läsning gäller den presumerade dagen.",
        "received_after_presumed_day": "Mottaget senare; den presumerade dagen gäller.",
        "receipt_presumed": "Inget mottagande är registrerat; det presumeras.",
        # instrument_state
        "instrument_terminated": "Avtalet har upphört genom uppsägning eller överenskommelse.",
        "instrument_superseded": "Avtalet har ersatts av ett annat.",
        "not_ended_by_act": "Avtalet har varken sagts upp eller ersatts.",
        "instrument_not_started": "Giltighetstiden har inte börjat.",
        "start_unrecorded": "Ingen giltighetstid är registrerad.",
        "term_passed": "Giltighetstiden har gått ut.",
        "presumption_ended": "Avtalet antogs gälla, men dess registrerade slut har passerat.",
        "presumed_in_force": "Avtalet nämns men finns inte bland reglerna; det antas gälla.",
        "in_extended_term": "Avtalet gäller i förlängd tid.",
        "in_first_term": "Avtalet gäller.",
        # violation
        "breach_seen": "Skyldigheten är försenad eller överträdd.",
        "late_performance_seen": "Skyldigheten är uppfylld för sent.",
        "late_yes_cures_no": "Det är intygat i efterhand.",
        "late_yes_after_silence": "Intyget lämnades sent; ett uteblivet svar är ingen överträdelse.",
        "waiver_seen": "Undantag är medgivet.",
        "no_judgement_seen": "Skyldigheten kunde inte bedömas.",
        "no_breach_seen": "Ingen överträdelse framgår av vad som nu är känt.",
        "never_a_violation": "Bara ett ska-krav kan överträdas.",
        "no_longer_an_obligation": "Klausulen läses inte längre som ett ska-krav; överträdelsen avskrivs.",
        "violation_raised": "Överträdelse; den kan ännu läkas.",
        "violation_stands": "Överträdelse; den kan inte läkas i efterhand.",
        "violation_cured": "Överträdelsen är läkt genom att skyldigheten uppfyllts för sent.",
        "violation_excused": "Överträdelsen är ursäktad genom undantag.",
        "waived_before_breach": "Undantag medgavs innan något överträddes.",
        "violation_annulled": "Senare uppgifter visar att överträdelsen aldrig fanns.",
        "nothing_breached": "Ingen överträdelse.",
        **{f"unjudged_keeps_{life}": text for life, text in _VIOLATION_STATES_IN_SWEDISH.items()},
    }
)

_OF_A_LAW: Mapping[str, str] = MappingProxyType(
    {
        "not_ended_by_act": "",
        "instrument_terminated": "Lagen är upphävd.",
        "instrument_superseded": "Lagen har ersatts av en annan.",
        "instrument_not_started": "Lagen har inte trätt i kraft.",
        "term_passed": "Lagen gäller inte längre.",
        "in_first_term": "Lagen är i kraft.",
        "before_start": "Lagen har inte börjat gälla.",
        "outside_term": "Dagen ligger utanför den tid då lagen gäller.",
        "lapsed": "Skyldigheten föll bort när lagen upphörde.",
        "part_period_below_threshold": "Lagen gäller mindre än hälften av periodens dagar.",
        "whole_period_in_term": "Lagen gäller hela tiden i fråga.",
        "part_period_in_term": "Delperiod: lagen gäller minst hälften av dagarna, så hela kravet gäller.",
    }
)
"""The same of a statute, which is no agreement; an empty text says nothing."""


def rule_words(rule: str, *, law: bool = False) -> str:
    """What a rule says, of an agreement or of a law; a rule that has no words is shown as it is called."""
    words = RULE_LABELS.get(rule, rule)
    return _OF_A_LAW.get(rule, words) if law else words
