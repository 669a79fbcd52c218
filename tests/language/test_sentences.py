import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import split_sentences

HARD = """
Han har ikke arbejdet siden 2013.‖Nu er han i praktik.
Der er bl.a. tale om angst.‖Hun får hjælp.
Hun får f.eks. bostøtte.
Det gælder f.eks. Rusmiddelcentret og jobcentret.
Ventetiden var ca. 8 måneder.‖Så skete der noget.
Det tog ca. Otte måneder.
Han var sygemeldt i 3 mdr.‖Han kom tilbage i maj.
Han var sygemeldt i 3 mdr. efter operationen.
Indsatsen blev ydet jf. lovens kapitel 6.
Den blev ydet jf. Serviceloven.
Mor og far har hhv. angst og depression.
Der var uenighed ift. Jobcentrets plan.
Han fik nej pga. alder.
Der skal evt. søges om pension.
Møderne lå kl. 10.30 om fredagen.
De mødtes kl. 9.‖Han kom for sent.
Han er sagsbehandler nr. 5 på to år.
Bevilget efter § 85, stk. 2.‖Den løber et år.
Bevilget efter § 85. Stk. 2 gælder ikke.
Se stk. 2 nr. 3 i loven.
Der blev købt 10 stk.‖Det var nok.
Han tog imod pr. tlf. fra marts.
Hun er iht. aftalen fritaget.
Hun er ifm. flytningen stoppet.
Det er dvs. ingen besparelse.
Han fik hjælp til mad, tøj osv.‖Det gik godt.
Han fik hjælp til mad, tøj osv. i tre uger.
Der var møder m.m.‖Mor kom ikke.
Der var støtte, mentor mv.‖Teamet fulgte op.
Der var støtte, mentor mv. i perioden.
Lægen, mentoren m.fl.‖Alle var med.
Lægen, mentoren m.fl. deltog.
Hun har en Ph.d. fra universitetet.
Det koster 500 kr.‖Hun betaler selv.
Det koster 500 kr. om måneden.
Udgiften er 1.200 kr. pr. md.‖Den betales af kommunen.
Ydelsen er 11.500 kr. pr. md.‖Rådgiveren kender den.
Hans afd. lukkede i maj.
Han blev indlagt på psyk. Holbæk.
Hun kom fra psyk.‖Derefter gik det bedre.
Han tog en udd. som tømrer.
Det var max. 3 timer.
Fremmøde på min. 80 pct.‖Han nåede 60.
Fremmødet var 80 pct.‖Det var fint.
Han arbejder 15 t. ugtl.‖Det går godt.
Han arbejder 15 t. om ugen.
Efter 9 dg.‖Hun fik svar.
Han røg dgl.‖Det gør han ikke mere.
Han får sygedp. fra marts.
Kom 1. juni til samtale.
Det skete den 3. maj.‖Så ringede hun.
Det skete den 3. Maj måned var god.
Moderens dødsdag er den 9.‖Han røg fire dage i træk.
Hun går i 10. klasse.‖Det går fint.
Han er på 2. semester af uddannelsen.
Hun begyndte i 3. Klasse og var glad.
I 2019.‖Derefter kom corona.
Han kom i 2019.‖14 dage senere rejste han.
De bor på 2. sal uden elevator.
Prisen var 12,5 mio. kr. i alt.
Prisen var 2.900 kr. (SEL § 52 a) i alt.
Borgeren mødtes med B. Hansen hver uge.
Borger A. flyttede i maj.
Teamet om T. og målene i planen.
Vi holdt møde hos T.‖Han var vred.
J. P. Jensen skrev planen.
"Det er nok." sagde hun.
"Det er nok," sagde hun.‖Han gik.
"Nu er jeg færdig."‖Han gik ud.
«Nu er jeg færdig.»‖Han gik ud.
»Nu er jeg færdig.«‖Han gik ud.
”Nu er jeg færdig.”‖Han gik ud.
Hun sagde: "Jeg vil hjem."‖Så gik hun.
"Hvorfor?" spurgte hun.
"Hvorfor?"‖Ingen svarede.
"Kom nu!" råbte han.
Hvad nu?‖Det ved ingen.
Hvad nu?! spurgte han.
Nej!‖Det ville hun ikke.
Han spurgte "hvem er du?" og gik.
"Fred.‖Og et par briller."
Hun kom (sent).‖Han gik.
Hun kom ikke.‖(Hun var syg.)‖Han gik.
Han fik støtte (4 t. ugtl. Primært om aftenen) fra marts.
Han drak (se nedenfor).‖Det er et problem.
Mentoren (Kim, 40 år.) kom hver uge.
Han ... ved ikke.
Han ved ikke ...‖Det gør hun.
Han ved ikke...‖Det gør hun.
Han ved ikke… og går.
Hun sagde nej.‖[...] Så gik hun.
Han kom [...] Så gik hun.
Han kom; hun gik.
Planen har tre mål: Job, bolig og ro.
Han fik job.¹‖Det gik godt.
Han fik job.¹²‖Det gik godt.
Han fik ro i sit liv"⁹.‖Det gik godt.
Han fik job.[3]‖Det gik godt.
Læs mere på borger.dk.‖Det hjælper.
Skriv til a.b@kommune.dk om det.
Se www.kommune.dk for mere.
Han var ked af det.‖det var hun også.
Rusbeh. i 12 uger.
Han har ADHD.‖Medicinen hjælper.
Han kom i KUI.‖Der var plads.
Det er SKP.‖Han hedder Preben.
Hun får KTH.‖Det rækker ikke.
Han fik bevilget § 99.‖Den virkede.
Efter § 82 a.‖Afgjort på to døgn.
Jf. LAB § 42.‖Praktikken gik ikke.
Han læste på hf.‖Det gik godt.
Hun så tv.‖Han sov.
Det stod i en sms.‖Hun slettede den.
Det var dr. Jensen.
Hr. Olsen og fr. Olsen kom.
Han bor i Sdr. Omme.
Hun har fået en mentor vha. Jobcentret.
Vi talte med bl.a. Kirsten og Bo.
Mødet om Sara, 19 år, mv.‖Hun kom selv.
Han mødte 3 x ugtl.‖Det hjalp.
Hun bor i Kbh. NV.
Han er cand. mag. i dansk.
Vi mødtes d. 1. marts.
Vi mødtes d. 9.‖Han var syg.
Aftalt den 4/2.‖Han kom ikke.
Det varede fra 2019-20.‖Så stoppede det.
Hun tog bussen kl. 7.15.‖Den kom ikke.
Han vejer ca. 45 kg.‖Det er for lidt.
Der er 12 km.‖Bussen kører ikke.
Fem pers. på 68 kvm.‖Det går ikke.
Hun var der t.o.m. 8. klasse.
Han var der p.t. ikke.
Det er s.u. i august.
Hun har egen læge, e.l.‖Alene i huset.
Han fik hjælp o.l.‖Det var godt.
Udredning, behandling etc.‖Intet hjalp.
Jonas.‖Det er ham.
Han kom – og gik.
Jobcenter Nord.‖Sagen var lukket.
Indsatsen koster 71.000 kr.‖Én anbringelse er dyrere.
Er det nok?‖Måske.‖Vi ser.
Ubesat stilling maj-aug.‖Kone rykkede to gange.
Henvist i okt.‖Speciallæge sagde nej.
Henvist okt. 2019 til smerteklinik.
Indkaldt d. 3. nov.‖Taxa udeblev.
Mødet i dec. (Holbæk) blev aflyst.
Svar efter ca. 12 dg.‖§ 15-attest mangler endnu.
Klar om 3 mdr.‖§ 56-aftale udløber.
Fik 3 mdr. § 85-støtte.
Støtte 5 tim. § 85 pr. uge.
1. Sagens karakter og forløb
2) Teamet og målene
III. Udfordringer
"""


def marked(line: str) -> tuple[str, list[str]]:
    """Return a hard case as text and its sentences; ‖ is a boundary."""
    return line.replace("‖", " "), line.split("‖")


CASES = HARD.strip().splitlines()


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("line", CASES)
def test_a_hard_case_is_split_where_a_reader_would(line: str) -> None:
    text, sentences = marked(line)
    assert split(text) == sentences


def test_there_are_at_least_120_hard_cases() -> None:
    assert len(set(CASES)) >= 120


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Han gik hjem.Hun blev.", ["Han gik hjem.", "Hun blev."]),
        ('Han spurgte: "Hvorfor?"Hun tav.', ['Han spurgte: "Hvorfor?"', "Hun tav."]),
        ("– Jeg vil hjem. – Det kan du ikke.", ["Jeg vil hjem.", "– Det kan du ikke."]),
        ("Mål:\nJob", ["Mål:", "Job"]),
        ("Et mål\nEt andet mål", ["Et mål", "Et andet mål"]),
        ("Jf. aftalen ca.\nNæste linje", ["Jf. aftalen ca.", "Næste linje"]),
        ("- Job\n- Bolig", ["Job", "Bolig"]),
        ("• Job\n• Bolig", ["Job", "Bolig"]),
        ("maj | Kim kom. Han gik.", ["maj", "Kim kom.", "Han gik."]),
        ("Bolig\tHos forældrene", ["Bolig", "Hos forældrene"]),
        ("Uafklaret | –", ["Uafklaret"]),
        ("  Han kom.   Hun gik.  ", ["Han kom.", "Hun gik."]),
        ("", []),
        ("   \n ", []),
        ("Et ord", ["Et ord"]),
    ],
)
def test_line_breaks_tabs_bars_and_missing_spaces_end_a_sentence(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_stretch_is_split_without_looking_outside_it() -> None:
    text = "Før. Han kom. Hun gik. Efter."
    assert [text[start:end] for start, end in split_sentences(text, 5, 22)] == ["Han kom.", "Hun gik."]


@given(st.text(alphabet="aBø.?!… \n\t|-•()[]\"«»”'§1¹kr,;:", max_size=80))
def test_sentences_never_overlap_and_lose_nothing_but_marks(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert all(character.isspace() or character in "|-•" for character in text[at:start])
        at = end
    assert all(character.isspace() or character in "|-•" for character in text[at:])


@pytest.mark.parametrize(
    "piece", [".", ". ", "(", "(a. B ", "| ", "- ", "a.B", ".) ", '. "', "f.e.k.s.", "\n", " ", "§ 1. ", "... "]
)
def test_time_grows_in_step_with_the_text_whatever_it_holds(piece: str) -> None:
    def cost(count: int) -> float:
        text = piece * count
        start = time.process_time()
        split_sentences(text)
        return time.process_time() - start

    cost(100)
    # ten times the text would cost a hundred times as much if every place looked at all others
    assert cost(40_000) < max(2.0, 60 * cost(4_000))
