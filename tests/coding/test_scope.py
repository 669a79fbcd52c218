from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.model.codes import CueRule, When
from pipeline.model.codings import Assertion, Coding
from tests.codebooks import code_text, make_codebook, make_cue, make_rule

CUES = (
    make_cue("negated", "=ikke", reach=8),
    make_cue("negated", "=aldrig", direction="backward", reach=2),
    make_cue("negated", "=ingen", reach=4),
    make_cue("avoided", "slippe for", reach=6),
    make_cue("feared", "frygte"),
    make_cue("hypothetical", "=hvis"),
    make_cue("general", "som hovedregel", direction="sentence"),
    make_cue("before", "tidligere", direction="sentence"),
    make_cue("pseudo", "ikke usædvanlig", "ikke kun"),
    make_cue("terminator", "=men", "=hvilket"),
)


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Der var ventetid.", Assertion.AFFIRMED),
        ("Der har ikke været ventetid.", Assertion.NEGATED),
        ("Ventetid kom i hans tilfælde aldrig på tale.", Assertion.AFFIRMED),
        ("Ventetid var aldrig et problem.", Assertion.NEGATED),
        ("Hun slap for ventetid.", Assertion.NEGATED),
        ("Mor frygter ventetid.", Assertion.HYPOTHETICAL),
        ("Hvis der kommer ventetid, ringer vi.", Assertion.HYPOTHETICAL),
        ("Der er som hovedregel ventetid.", Assertion.GENERAL),
        ("Det er ikke usædvanligt med ventetid.", Assertion.AFFIRMED),
        ("Der var ikke kun ventetid.", Assertion.AFFIRMED),
        ("Der er ventetid, hvilket ikke er godt.", Assertion.AFFIRMED),
        ("Hun kom ikke, men der var ventetid.", Assertion.AFFIRMED),
        ("Hun kom ikke; der var ventetid.", Assertion.AFFIRMED),
        ("Hun kom ikke (der var ventetid).", Assertion.AFFIRMED),
        ("Hun frygter ikke ventetid.", Assertion.NEGATED),
        ("Hun kom ikke. Nu er der ventetid.", Assertion.AFFIRMED),
        ("Hun kom ikke bl.a. Der er ventetid.", Assertion.NEGATED),
        ("Det var ventetid og aldrig udredning.", Assertion.AFFIRMED),
        ("Han fik ventetid, aldrig udredning.", Assertion.AFFIRMED),
        ("Hvis ventetid kommer, ringer vi.", Assertion.HYPOTHETICAL),
    ],
)
def test_cues_decide_what_the_sentence_says_of_a_match(sentence: str, assertion: Assertion) -> None:
    compiled = make_codebook(make_rule("waiting.queue", "ventetid"), cues=CUES)
    (coding,) = code_text(compiled, sentence)
    assert coding.assertion is assertion


@pytest.mark.parametrize(
    ("pattern", "sentence", "assertion"),
    [
        ("gæld", "Han kunne ikke undgå gæld.", Assertion.AFFIRMED),
        ("gæld", "Han undgik gæld.", Assertion.NEGATED),
        ("gæld", "Han er ikke uden gæld.", Assertion.AFFIRMED),
        ("uden netværk", "Hun er ikke uden netværk.", Assertion.NEGATED),
        ("uden netværk", "Hun er uden netværk.", Assertion.AFFIRMED),
        ("gæld", "Han har ikke gæld og kan undgå det.", Assertion.NEGATED),
    ],
)
def test_a_denial_of_a_denial_takes_both_away(pattern: str, sentence: str, assertion: Assertion) -> None:
    cues = (*CUES, make_cue("avoided", "undgå", reach=6), make_cue("negated", "=uden", reach=6))
    (coding,) = code_text(make_codebook(make_rule("barrier.finances", pattern), cues=cues), sentence)
    assert coding.assertion is assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Alkohol fylder intet i hans hverdag.", Assertion.NEGATED),
        ("Alkohol fylder meget i hans hverdag.", Assertion.AFFIRMED),
        ("Alkohol fylder alting. Intet andet.", Assertion.AFFIRMED),
    ],
)
def test_a_match_may_hold_the_verb_after_which_its_phrase_is_denied(sentence: str, assertion: Assertion) -> None:
    cues = (make_cue("negated", "fylde ..2 (=intet|=ikke)", direction="fronted"),)
    (coding,) = code_text(make_codebook(make_rule("barrier.substance", "alkohol fylde"), cues=cues), sentence)
    assert coding.assertion is assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Trækker behandlingen ud, mister hun pladsen.", Assertion.HYPOTHETICAL),
        ("Trækker behandlingen ud?", Assertion.AFFIRMED),
        ("Behandlingen trækker ud, siger hun.", Assertion.AFFIRMED),
    ],
)
def test_a_verb_that_opens_a_condition_takes_away_what_the_sentence_says(sentence: str, assertion: Assertion) -> None:
    cues = (replace(make_cue("hypothetical", "=trækker", direction="sentence"), opens=True),)
    rule = make_rule("waiting.processing", "behandlingen & ud")
    (coding,) = code_text(make_codebook(rule, cues=cues), sentence)
    assert coding.assertion is assertion


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Der kommer ventetid, gættede hun.", Assertion.HYPOTHETICAL),
        ("Om ventetid gættede hun.", Assertion.AFFIRMED),
    ],
)
def test_a_verb_of_guessing_after_a_comma_is_over_what_stands_before_it(sentence: str, assertion: Assertion) -> None:
    cues = (replace(make_cue("hypothetical", "=gættede", direction="backward"), opens=True),)
    (coding,) = code_text(make_codebook(make_rule("waiting.queue", "ventetid"), cues=cues), sentence)
    assert coding.assertion is assertion


def test_a_cue_among_the_words_of_a_match_does_not_act_on_it() -> None:
    compiled = make_codebook(make_rule("barrier.coping", "ikke .. overskue"), cues=CUES)
    (coding,) = code_text(compiled, "Hun kunne ikke overskue hverdagen.")
    assert coding.assertion is Assertion.AFFIRMED


def test_the_suppressing_cue_is_kept_as_evidence_with_its_place() -> None:
    compiled = make_codebook(make_rule("waiting.queue", "ventetid"), cues=CUES)
    (coding,) = code_text(compiled, "Alt gik godt.", "Der har ikke været ventetid.")
    (cue,) = coding.evidence[0].cues
    assert (cue.words, cue.rule) == ("ikke", "negated.=ikke")
    assert "Alt gik godt.\nDer har ikke været ventetid."[cue.start : cue.end] == "ikke"


def test_the_time_before_the_course_is_marked_and_still_counts() -> None:
    compiled = make_codebook(make_rule("waiting.queue", "ventetid"), cues=CUES)
    (coding,) = code_text(compiled, "Tidligere var der ventetid.")
    assert coding.before
    assert coding.counts


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("Han havde haft fem vikarer.", True),
        ("Han har haft fem vikarer, siden han kom med i planen.", False),
        ("De havde haft fem vikarer, siden familien blev visiteret.", False),
        ("Efter opstarten havde hun haft to vikarer.", False),
        ("Under forløbet havde han fået en vikar.", False),
        ("Hun kom fra vikar til vikar før Én plan.", True),
        ("Før projektet havde hun vikarer, og siden opstart har hun haft én.", True),
    ],
)
def test_a_sentence_that_names_the_course_speaks_of_it(sentence: str, before: bool) -> None:
    (coding,) = code_with_shipped_cues(sentence, "vikar")
    assert coding.before is before


def test_one_affirmed_match_is_enough_though_another_is_negated() -> None:
    compiled = make_codebook(make_rule("waiting.queue", "ventetid"), cues=CUES)
    (coding,) = code_text(compiled, "Der var ingen ventetid på mentor, men ventetid på udredning.")
    assert coding.assertion is Assertion.AFFIRMED
    assert len(coding.evidence) == 2


def code_with_shipped_cues(sentence: str, *words: str) -> tuple[Coding, ...]:
    """Code a sentence by a rule of a few words and the cues of the shipped codebook."""
    return code_text(make_codebook(make_rule("a.b", *words), cues=shipped_cues()), sentence)


@cache
def shipped_cues() -> tuple[CueRule, ...]:
    codebook = load_codebook(Path(__file__).parents[2] / "codebook" / "en-plan").value
    assert codebook is not None
    return codebook.cues


@pytest.mark.parametrize(
    ("sentence", "word", "assertion"),
    [
        ("Ventetid mærkede vi intet til.", "ventetid", Assertion.NEGATED),
        ("Nogen plan fik familien aldrig.", "plan", Assertion.NEGATED),
        ("Gælden kan hun ikke betale.", "gælden", Assertion.AFFIRMED),
        ("Epilepsi har Signe aldrig haft.", "epilepsi", Assertion.NEGATED),
        ("Bøder fra parkering fik familien på intet tidspunkt.", "bøder", Assertion.NEGATED),
        ("Regninger kan Signe ikke overskue.", "regninger", Assertion.AFFIRMED),
        ("Udsættelsen blev Ole sparet for, da kommunen greb ind.", "udsættelsen", Assertion.NEGATED),
        ("Flytningen kom hun uden om.", "flytningen", Assertion.NEGATED),
        ("Flytningen kom hun ikke uden om.", "flytningen", Assertion.AFFIRMED),
        ("Udsættelsen blev Ole ikke sparet for.", "udsættelsen", Assertion.AFFIRMED),
        ("Vælger Signe en bolig, er der gæld i den.", "gæld", Assertion.HYPOTHETICAL),
        ("Drak Ole igen, ville hans søn ringe.", "drak", Assertion.HYPOTHETICAL),
        ("Vi kom i tide; var vi blevet væk, havde hun fået gæld.", "tide", Assertion.AFFIRMED),
        ("Skolen spurgte, om han havde gæld.", "gæld", Assertion.HYPOTHETICAL),
        ("Han kom to gange, om mandagen og om fredagen, og fik gæld.", "gæld", Assertion.AFFIRMED),
        ("Mor havde ondt i maven over en udsættelse.", "udsættelse", Assertion.HYPOTHETICAL),
        ("Bostøtten havde en anelse om gæld.", "gæld", Assertion.HYPOTHETICAL),
        ("Bostøtten havde en anelse om gæld, og den blev bekræftet.", "gæld", Assertion.AFFIRMED),
        ("Presset til at flytte blev Ole ikke.", "presset", Assertion.NEGATED),
        ("I praktik kom Signe aldrig.", "praktik", Assertion.NEGATED),
        ("En hjælpemotor kunne der ikke findes penge til.", "hjælpemotor", Assertion.NEGATED),
        ("Gigt kunne lægen afkræfte.", "gigt", Assertion.NEGATED),
        ("Ole mangler ikke en bolig.", "bolig", Assertion.NEGATED),
        ("Han har ikke fået gæld, og Signe kan beholde sin bolig.", "gæld", Assertion.NEGATED),
        ("Restancen er afviklet.", "restancen", Assertion.NEGATED),
        ("Restancen er endnu ikke afviklet.", "restancen", Assertion.AFFIRMED),
        ("Ordet opgivende er taget ud af planen.", "opgivende", Assertion.NEGATED),
        ("Det er længe siden, hun fik en udsættelse.", "udsættelse", Assertion.NEGATED),
        ("Far så helst, at der kom en ny plan.", "plan", Assertion.HYPOTHETICAL),
        ("Skolen krydser fingre for en bevilling.", "bevilling", Assertion.HYPOTHETICAL),
        ("Vi krydsede fingre, og hun fik en bevilling.", "bevilling", Assertion.AFFIRMED),
        ("Lederen vil inden sommerferien finde en praktik.", "praktik", Assertion.HYPOTHETICAL),
        ("Der skal søges om en bevilling.", "bevilling", Assertion.HYPOTHETICAL),
        ("Det skal siges, at hun fik en bevilling.", "bevilling", Assertion.AFFIRMED),
        ("En mild chef kunne have reddet pladsen.", "chef", Assertion.HYPOTHETICAL),
        ("Med en bolig ville pigens liv have set anderledes ud.", "bolig", Assertion.HYPOTHETICAL),
        ("Hun søgte en bolig, men det er endnu ikke bekræftet.", "bolig", Assertion.NEGATED),
        ("Unge med gæld kan ringe til rådgivningen.", "gæld", Assertion.GENERAL),
        ("Hurtige afgørelser hjælper familier.", "afgørelser", Assertion.GENERAL),
        ("Det hedder sig, at der er gæld i familien.", "gæld", Assertion.GENERAL),
        ("Nevøens gæld fylder.", "gæld", Assertion.GENERAL),
        ("Hans kone fik gæld.", "gæld", Assertion.GENERAL),
        ("Han ryger ikke, hverken hash eller cigaretter.", "hash", Assertion.NEGATED),
        ("Sårbare unge har ofte gæld.", "gæld", Assertion.GENERAL),
        ("To unge i familien har gæld.", "gæld", Assertion.AFFIRMED),
        ("Unge i hans klasse gav ham gæld.", "gæld", Assertion.AFFIRMED),
        ("Afstanden var ikke noget problem.", "afstanden", Assertion.NEGATED),
        ("Tavsheden gav aldrig anledning til bøvl.", "tavsheden", Assertion.NEGATED),
        ("Vi fik ham fra at tage et lån.", "lån", Assertion.NEGATED),
        ("Det kom aldrig så vidt, at hun fik en bøde.", "bøde", Assertion.NEGATED),
        ("Det ender med gæld, frygtede Ole.", "gæld", Assertion.HYPOTHETICAL),
        ("At timerne skulle ned, fordi det gik godt, faldt ingen ind.", "timerne", Assertion.NEGATED),
        ("Kommer der gæld, spurgte hun.", "gæld", Assertion.HYPOTHETICAL),
        ("Den store udsættelse rejste ingen på mødet.", "udsættelse", Assertion.NEGATED),
        ("Gæld? Nej, det havde han ikke.", "gæld", Assertion.NEGATED),
        ("Planen skal hjælpe hende til en bolig.", "bolig", Assertion.HYPOTHETICAL),
        ("Turen gennem retten fik vi sparet os.", "retten", Assertion.NEGATED),
        ("Hun kunne ikke få en bevilling.", "bevilling", Assertion.NEGATED),
        ("Der gik ikke få uger med gæld.", "gæld", Assertion.AFFIRMED),
        ("De var ikke uenige om gæld.", "uenige", Assertion.NEGATED),
        ("Spørger man naboen, er det en mand med gæld.", "gæld", Assertion.AFFIRMED),
        ("Havde vi ventet, var hun havnet på en venteliste.", "venteliste", Assertion.HYPOTHETICAL),
        ("Havde hun en venteliste at stå på?", "venteliste", Assertion.AFFIRMED),
        ("Hendes søster har fået gæld.", "gæld", Assertion.GENERAL),
        ("Fordi parterne aldrig sad ved bordet, trak sagen ud.", "sagen", Assertion.AFFIRMED),
        ("Ryggen, som lægen var nervøs for, giver smerter.", "smerter", Assertion.AFFIRMED),
        ("Hun kom ikke, og der var ventetid.", "ventetid", Assertion.AFFIRMED),
        ("Hun har aldrig oplevet, at der var ventetid.", "ventetid", Assertion.NEGATED),
        ("Vi kunne ikke forhindre gæld.", "gæld", Assertion.AFFIRMED),
        ("Ifølge naboen har hun gæld, men det passer ikke.", "gæld", Assertion.NEGATED),
        ("Vi omgik køen ved at betale selv.", "køen", Assertion.NEGATED),
        ("Skolen sprang ventetiden over.", "ventetiden", Assertion.NEGATED),
        ("Det sparer os for mange ord.", "ord", Assertion.AFFIRMED),
        ("At hun fik en bøde, er en misforståelse.", "bøde", Assertion.NEGATED),
        ("Hendes straffeattest er ren.", "straffeattest", Assertion.NEGATED),
        ("Flytningen er taget af bordet.", "flytningen", Assertion.NEGATED),
        ("Skænderierne er hørt op.", "skænderierne", Assertion.NEGATED),
        ("Banken har slettet gælden.", "gælden", Assertion.NEGATED),
        ("Læreren spurgte til, hvorvidt der var gæld.", "gæld", Assertion.HYPOTHETICAL),
        ("Fra uge 12 skal en ny mentor møde hende.", "mentor", Assertion.HYPOTHETICAL),
        ("Fra uge 12 mødte en ny mentor hende.", "mentor", Assertion.AFFIRMED),
        ("Udvalget skal i maj tage stilling til et lån.", "lån", Assertion.HYPOTHETICAL),
        ("Et fast job ville være det største for Ole.", "job", Assertion.HYPOTHETICAL),
        ("Tre andre beboere fik en bøde.", "bøde", Assertion.GENERAL),
        ("Den tidligere lejer havde gæld.", "gæld", Assertion.GENERAL),
        ("Gæld er der hos de fleste.", "gæld", Assertion.GENERAL),
        ("Bostedet så sjældent gæld.", "gæld", Assertion.NEGATED),
        ("Ingen på mødet hævdede, at han havde gæld.", "gæld", Assertion.NEGATED),
        ("Epilepsi har Ole, så vidt lægen ved, aldrig haft.", "epilepsi", Assertion.NEGATED),
        ("Alene er hun med gælden, ingen hjælper.", "alene", Assertion.AFFIRMED),
        ("Moren har angst; datteren, som sagen handler om, er rolig.", "angst", Assertion.GENERAL),
        ("Faren har gæld, mens hun selv har penge i banken.", "gæld", Assertion.GENERAL),
        ("Faren har penge, mens hun selv har gæld.", "gæld", Assertion.AFFIRMED),
        ("Heldigvis kom aldrig en eneste bøde, en rykker eller gæld.", "gæld", Assertion.NEGATED),
        ("Aldrig har hun måttet låne, fordi der var gæld.", "gæld", Assertion.NEGATED),
        ("Flytningen stod for døren, men blev standset.", "flytningen", Assertion.NEGATED),
        ("Kurset var ikke blot en lappeløsning.", "lappeløsning", Assertion.NEGATED),
        ("Der var ikke blot gæld, men også en bøde.", "gæld", Assertion.AFFIRMED),
        ("Der opstod ingen tvivl om betalingen.", "betalingen", Assertion.NEGATED),
        ("Der er ingen tvivl om, at han har gæld.", "gæld", Assertion.AFFIRMED),
        ("Årene, hvor misbruget styrede alt, er ovre.", "misbruget", Assertion.NEGATED),
        ("Årene, hvor misbruget styrede alt, er ikke ovre.", "misbruget", Assertion.AFFIRMED),
        ("Gælden, som fulgte ham i ti år, er ikke afviklet.", "gælden", Assertion.AFFIRMED),
        ("Udsættelsen blev ikke afværget.", "udsættelsen", Assertion.AFFIRMED),
        ("Rygtet om, at hun har gæld, er grebet ud af luften.", "rygtet", Assertion.NEGATED),
        ("Rygtet om, at hun har gæld, er grebet ud af luften.", "gæld", Assertion.NEGATED),
        ("Troen på, at det går uden gæld, mangler hun ikke.", "troen", Assertion.NEGATED),
        ("Hvor hun skal bo, har hun ikke behøvet at tænke på.", "bo", Assertion.NEGATED),
        ("Hvor hun skal bo, ved vi ikke.", "bo", Assertion.AFFIRMED),
        ("»Jeg duer ikke« siger hun ikke længere.", "duer", Assertion.NEGATED),
        ("Maskerne, hvor alt var »fint«, lod hun falde.", "maskerne", Assertion.NEGATED),
        ("Vi nåede aldrig dertil, hvor der var ro.", "ro", Assertion.NEGATED),
        (
            "Udsættelsen var varslet, men så langt nåede det ikke, fordi banken betalte.",
            "udsættelsen",
            Assertion.NEGATED,
        ),
        (
            "Udsættelsen var varslet, og så langt nåede det, fordi banken ikke betalte.",
            "udsættelsen",
            Assertion.AFFIRMED,
        ),
        ("Så galt gik det ikke, at de endte med gæld.", "gæld", Assertion.NEGATED),
        ("Andre venter et år på en bolig, men det slap Ole for.", "bolig", Assertion.NEGATED),
        ("Der blev talt om en anbringelse, men det blev der ikke noget af.", "anbringelse", Assertion.NEGATED),
        ("Hun fik afslag, men det fik hun ikke at vide.", "afslag", Assertion.AFFIRMED),
        ("Hun fik afslag, og det har hun aldrig fået før.", "afslag", Assertion.AFFIRMED),
        ("Brevet var nær blevet glemt, men Trine så det i tide.", "glemt", Assertion.NEGATED),
        ("Timerne stod til at falde bort, men vi fik dem reddet.", "bort", Assertion.NEGATED),
        ("Lånet fik hun annulleret.", "lånet", Assertion.NEGATED),
        ("Et afslag kom vi i forkøbet.", "afslag", Assertion.NEGATED),
        ("Aftalen, som chefen gik ind på, blev taget af bordet.", "chefen", Assertion.NEGATED),
        ("Pladsen strandede på et nej.", "pladsen", Assertion.NEGATED),
        ("Mistanken om vold blev manet i jorden.", "vold", Assertion.NEGATED),
        ("Et skift afholdt vi os fra.", "skift", Assertion.NEGATED),
        ("Anbringelsen røg af bordet.", "anbringelsen", Assertion.NEGATED),
        ("Striden blev der sat en stopper for.", "striden", Assertion.NEGATED),
        ("Det viste sig unødvendigt med en anbringelse.", "anbringelse", Assertion.NEGATED),
        ("Hun værger sig mod ordet depression.", "depression", Assertion.NEGATED),
        ("Tidligere havde han gæld; sådan er det ikke mere.", "gæld", Assertion.NEGATED),
        ("Det er fire år siden, han sidst havde gæld.", "gæld", Assertion.NEGATED),
        ("Den tid er forbi, da han havde gæld.", "gæld", Assertion.NEGATED),
        ("Der findes intet i sagen, der tyder på, at han har gæld.", "gæld", Assertion.NEGATED),
        ("Jeg har ikke belæg for, at han skulle have gæld.", "gæld", Assertion.NEGATED),
        ("Det er en misforståelse, når der står, at hun har gæld.", "gæld", Assertion.NEGATED),
        ("Rygtet ville vide, at hun havde gæld.", "gæld", Assertion.HYPOTHETICAL),
        ("Ensom er det sidste, man kan kalde Ole.", "ensom", Assertion.NEGATED),
        ("Gigten er mandens.", "gigten", Assertion.GENERAL),
        ("Andre får afslag.", "afslag", Assertion.GENERAL),
        ("Job og terapi kan gå sammen, viser forskningen.", "terapi", Assertion.GENERAL),
        ("Med angst kan man sagtens arbejde.", "angst", Assertion.GENERAL),
        ("Hun ønskede sig en mentor.", "mentor", Assertion.HYPOTHETICAL),
        ("Hun drømmer om en bolig, hvor der er ro.", "ro", Assertion.HYPOTHETICAL),
        ("Holdet stillede som vilkår, at chefen kendte til gigten.", "chefen", Assertion.HYPOTHETICAL),
        ("Hun kom ikke, fordi der var ventetid.", "kom", Assertion.NEGATED),
        ("Det er ikke, fordi der er gæld.", "gæld", Assertion.AFFIRMED),
        ("Barnet passer sig selv om natten.", "natten", Assertion.AFFIRMED),
        ("Et skift er et vilkår i kommunerne.", "skift", Assertion.GENERAL),
        ("Undersøgelser viser, at gæld smitter.", "gæld", Assertion.GENERAL),
        ("Hvem som helst kan få gæld.", "gæld", Assertion.GENERAL),
        ("Der er altid venteliste i psykiatrien.", "venteliste", Assertion.GENERAL),
        ("Der er ofte angst i spil hos ham.", "angst", Assertion.AFFIRMED),
        ("Typisk er der venteliste om foråret.", "venteliste", Assertion.GENERAL),
        ("Det er faren, der har gæld, ikke drengen.", "gæld", Assertion.GENERAL),
        ("Brevet om gæld gjaldt en mand med samme navn.", "gæld", Assertion.GENERAL),
        ("Det er en anden dreng, der har gæld.", "gæld", Assertion.GENERAL),
        ("Nu har hans bror fået gæld.", "gæld", Assertion.GENERAL),
        ("Hun har en bror og har selv gæld.", "gæld", Assertion.AFFIRMED),
        ("Det blev ved snakken om en udsættelse, og udsættelsen blev ved truslen.", "udsættelsen", Assertion.NEGATED),
        ("Han lod sig ikke friste af hash.", "hash", Assertion.NEGATED),
        ("Udsættelsen var varslet, men de fik lov at blive boende.", "udsættelsen", Assertion.NEGATED),
        ("En ny mentor begynder om to uger.", "mentor", Assertion.HYPOTHETICAL),
        ("En ny mentor begyndte om foråret.", "mentor", Assertion.AFFIRMED),
        ("Praktikken er sat til 1. maj.", "praktikken", Assertion.HYPOTHETICAL),
        ("Faren siger, at hun har gæld.", "gæld", Assertion.AFFIRMED),
        ("Det lykkedes at få udsættelsen standset.", "udsættelsen", Assertion.NEGATED),
        ("Udsættelsen lykkedes det at få stoppet.", "udsættelsen", Assertion.NEGATED),
        ("Familien undslap en udsættelse.", "udsættelse", Assertion.NEGATED),
        ("Gælden er han kommet af med.", "gælden", Assertion.NEGATED),
        ("Han har fået bugt med angsten.", "angsten", Assertion.NEGATED),
        ("Vi spurgte til vold, og det svarede hun nej til.", "vold", Assertion.NEGATED),
        ("Man skulle tro, der var gæld, men nej.", "gæld", Assertion.NEGATED),
        ("Det kunne ligne en depression.", "depression", Assertion.HYPOTHETICAL),
        ("Der er intet, der peger i retning af gæld.", "gæld", Assertion.NEGATED),
        ("Han nægter, at der er gæld.", "gæld", Assertion.NEGATED),
        ("Man kan dårligt tale om gæld.", "gæld", Assertion.NEGATED),
        ("Planen om praktik led skibbrud.", "praktik", Assertion.NEGATED),
        ("Praktikken ville han ikke have.", "praktikken", Assertion.NEGATED),
        ("Det er ikke udelukkende gæld, der presser ham.", "gæld", Assertion.AFFIRMED),
        ("Angst er ikke ukendt for hende.", "angst", Assertion.AFFIRMED),
        ("Det er ikke overraskende, at han har gæld.", "gæld", Assertion.AFFIRMED),
        ("Hun spørger, hvorfor ikke kommunen ser gælden.", "gælden", Assertion.AFFIRMED),
        ("Det har opfyldt hans ønske om et job.", "job", Assertion.AFFIRMED),
        ("Vi vil gerne tro, at tilliden er tilbage.", "tilliden", Assertion.AFFIRMED),
        ("Det gik ikke som aftalt med praktikken.", "praktikken", Assertion.AFFIRMED),
        ("Han undlader at betale sin gæld.", "gæld", Assertion.AFFIRMED),
        ("Han er blevet en anden dreng med ro i hverdagen.", "ro", Assertion.AFFIRMED),
        ("Vi arbejder med sigte på job.", "job", Assertion.HYPOTHETICAL),
        ("Hun skal fremover have en mentor.", "mentor", Assertion.HYPOTHETICAL),
        ("Han har i sinde at søge job.", "job", Assertion.HYPOTHETICAL),
        ("Min kollega har en sag med gæld.", "gæld", Assertion.GENERAL),
        ("Vores erfaring er, at gæld fylder.", "gæld", Assertion.GENERAL),
        ("Vi kunne foregribe en udsættelse.", "udsættelse", Assertion.NEGATED),
        ("Han var nær ved at miste sin bolig.", "bolig", Assertion.NEGATED),
        ("Forbi er de dage med gæld.", "gæld", Assertion.NEGATED),
        ("Jeg er uenig i, at hun har gæld.", "gæld", Assertion.NEGATED),
        ("Kontingentet blev betalt af kommunen.", "kontingentet", Assertion.AFFIRMED),
        ("Gælden er betalt af.", "gælden", Assertion.NEGATED),
        ("Alle kender målet.", "målet", Assertion.AFFIRMED),
        ("Enhver kender målet.", "målet", Assertion.GENERAL),
        ("Vi ventede med at sende afslag.", "afslag", Assertion.AFFIRMED),
        ("Vi ventede, at der kom et afslag.", "afslag", Assertion.HYPOTHETICAL),
        ("Han er fleksjobvisiteret og starter på mandag.", "fleksjobvisiteret", Assertion.AFFIRMED),
        ("Praktikken starter på mandag.", "praktikken", Assertion.HYPOTHETICAL),
        ("Støtten ophørte fra dag til dag.", "støtten", Assertion.AFFIRMED),
        ("Skænderierne ophørte.", "skænderierne", Assertion.NEGATED),
        ("Misbruget stoppede ikke.", "misbruget", Assertion.AFFIRMED),
        ("Angsten forsvandt ikke.", "angsten", Assertion.AFFIRMED),
        ("Volden hørte ikke op.", "volden", Assertion.AFFIRMED),
        ("Misbruget er ikke stoppet.", "misbruget", Assertion.AFFIRMED),
        ("Skænderierne sluttede ikke.", "skænderierne", Assertion.AFFIRMED),
        ("Derfor stoppede misbruget ikke.", "misbruget", Assertion.AFFIRMED),
        ("Angsten vil ikke forsvinde.", "angsten", Assertion.AFFIRMED),
        ("Angsten gik ikke over.", "angsten", Assertion.AFFIRMED),
        ("Hans kontaktperson forsvandt ikke.", "forsvandt", Assertion.NEGATED),
        ("Støtten er ikke stoppet.", "stoppet", Assertion.NEGATED),
        ("Gælden holdt ikke op med at vokse.", "gælden", Assertion.AFFIRMED),
        ("Han holdt aldrig op med at drikke.", "drikke", Assertion.AFFIRMED),
        ("Misbruget fortsatte ikke.", "misbruget", Assertion.NEGATED),
        ("Angsten forsvandt, og kontakten blev ikke genoptaget.", "kontakten", Assertion.NEGATED),
        ("Støtten ophørte.", "støtten", Assertion.NEGATED),
        ("Støtten ophørte, ikke kontakten.", "støtten", Assertion.NEGATED),
        ("Udsættelsen udeblev, ikke afslaget.", "udsættelsen", Assertion.NEGATED),
        ("Udsættelsen udeblev ikke.", "udsættelsen", Assertion.AFFIRMED),
        ("Til gengæld har hans bror hjulpet ham i job.", "job", Assertion.AFFIRMED),
        ("Hos hans bror fik han et værelse og ro.", "ro", Assertion.AFFIRMED),
        ("Hos hans bror drikker de.", "drikker", Assertion.GENERAL),
        ("Andre unge har hjulpet ham ud af misbruget.", "misbruget", Assertion.AFFIRMED),
        ("Andre unge har gæld.", "gæld", Assertion.GENERAL),
        ("Det er et vilkår for Ole, at han har gæld.", "gæld", Assertion.AFFIRMED),
        ("Det er et vilkår, at Ole har gæld.", "gæld", Assertion.AFFIRMED),
        ("Det er et vilkår for mange, at de har gæld.", "gæld", Assertion.GENERAL),
        ("Normalt får man støtte, men Ali fik afslag.", "afslag", Assertion.AFFIRMED),
        ("Normalt får man støtte, men Ali fik afslag.", "støtte", Assertion.GENERAL),
        ("Skoletilbuddet, som kommunen fandt, passer ikke til hendes angst.", "skoletilbuddet", Assertion.AFFIRMED),
        ("Skoletilbuddet, som kommunen fandt, passer ikke til hendes angst.", "angst", Assertion.AFFIRMED),
        ("At hun har gæld, passer ikke.", "gæld", Assertion.NEGATED),
        ("Fogeden var varslet, men de fik lov at blive boende, og gælden er der endnu.", "gælden", Assertion.AFFIRMED),
        (
            "Udsættelsen var varslet, men de fik lov at blive boende, og gælden er der endnu.",
            "udsættelsen",
            Assertion.NEGATED,
        ),
        ("Heldigvis kom det aldrig til en flytning, men han har gæld.", "gæld", Assertion.AFFIRMED),
        ("Familien har gæld, og de fik lov at blive boende.", "gæld", Assertion.AFFIRMED),
        ("Skænderierne er ikke slut.", "skænderierne", Assertion.AFFIRMED),
        ("Mentor fik han ikke slut på året.", "mentor", Assertion.NEGATED),
    ],
)
def test_the_shipped_cues_follow_danish_clauses(sentence: str, word: str, assertion: Assertion) -> None:
    (coding,) = code_with_shipped_cues(sentence, f"={word}")
    assert coding.assertion is assertion


def test_matches_of_one_code_side_by_side_share_a_cue() -> None:
    (coding,) = code_with_shipped_cues(
        "Der er aldrig fundet tegn på, at han skulle have et misbrug.", "have et", "misbrug"
    )
    assert coding.assertion is Assertion.NEGATED


def test_a_rule_blind_to_cues_still_heeds_what_speaks_of_the_whole_clause() -> None:
    rule = make_rule("a.b", "ikke .. overskue", when=When.ANY)
    for sentence, assertion in (
        ("Hun kan ikke overskue hverdagen.", Assertion.AFFIRMED),
        ("Når man ikke kan overskue hverdagen, er alt svært.", Assertion.GENERAL),
    ):
        (coding,) = code_text(make_codebook(rule, cues=shipped_cues()), sentence)
        assert coding.assertion is assertion


@pytest.mark.parametrize(
    ("pattern", "sentence", "assertion"),
    [
        ("hvem .. betale", "Hvem der betaler, gav aldrig anledning til diskussion.", Assertion.NEGATED),
        ("hvem .. betale", "Ingen på mødet spurgte til, hvem der betaler.", Assertion.AFFIRMED),
        ("ædru .. før", "Ingen i teamet krævede, at Ole var ædru, før han flyttede.", Assertion.NEGATED),
        ("ædru .. før", "Hun måtte ikke begynde, da hun skulle være ædru først, før hun flyttede.", Assertion.AFFIRMED),
        ("uden rådgiver", "Familien kom ikke til at stå uden rådgiver.", Assertion.NEGATED),
        ("uden rådgiver", "Mødet blev ikke til noget, og familien stod uden rådgiver.", Assertion.AFFIRMED),
    ],
)
def test_a_rule_blind_to_cues_heeds_a_denial_of_all_that_it_says(
    pattern: str, sentence: str, assertion: Assertion
) -> None:
    rule = make_rule("a.b", pattern, when=When.ANY)
    (coding,) = code_text(make_codebook(rule, cues=shipped_cues()), sentence)
    assert coding.assertion is assertion


def test_a_match_within_a_surer_one_that_is_denied_does_not_keep_the_code() -> None:
    whole = make_rule("a.b", "kørekort ..2 inddrage", confidence=0.8)
    for confidence, assertion in ((0.6, Assertion.NEGATED), (0.9, Assertion.AFFIRMED)):
        part = make_rule("a.b", "kørekort .. ikke", confidence=confidence)
        compiled = make_codebook(whole, part, cues=shipped_cues())
        (coding,) = code_text(compiled, "Kørekortet blev ikke inddraget.")
        assert coding.assertion is assertion


def test_a_match_does_not_reach_over_a_semicolon() -> None:
    compiled = make_codebook(make_rule("a.b", "ikke .. spørge"))
    assert code_text(compiled, "Vi kunne ikke spørge hende.")
    assert not code_text(compiled, "Hun kom ikke; vi spurgte hende.")
