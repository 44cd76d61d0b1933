"""Words of suicide and self-harm are heard; ordinary words are not."""

from __future__ import annotations

import pytest

from afsaet.flows.safety.crisis import sounds_like_crisis

IN_DANGER = """
Jeg tænker på selvmord
selvmordstanker
SELVMORD
selv mord
jeg har tænkt på selmord
sælvmord
selvmort
selvmod
Jeg vil tage mit eget liv
jeg tager mit liv
tage mit liv
tage mig liv
jeg vil ta mit egent liv
jeg vil tage livet af mig
jeg tager livet af mig selv
har lyst til at tage   livet
af mig
Det er slut. Jeg vil gøre en ende på det hele
jeg vil ende mit liv
jeg vil ikke leve
Jeg vil bare ikke leve mere
jeg kan ikke leve længere
jeg gider ikke leve
jeg orker ikke livet
jeg gider ik leve mer
jeg vil ikke laengere leve
fordi jeg ikke vil leve
jeg har ikke lyst til at leve
jeg har ingen lyst til livet
der er ingen grund til at leve
livet er ikke værd at leve
jeg kan ikke holde ud at leve
jeg vil ikke være her mere
jeg vil gerne sove og aldrig vågne igen
jeg er træt af livet
jeg er livstræt
der er ikke noget at leve for
bare jeg aldrig var født
alle ville have det bedre uden mig
Jeg ønsker at dø
jeg onsker at doe
Jeg vil dø
jeg vil bare gerne dø
jeg vil DØØØ
jeg vil dør
jeg har lyst til at dø
gid jeg var død
det var bedre hvis jeg var død
jeg ville ønske, at jeg var død
var jeg bare død
jeg vil hellere være død
Jeg tænker på at dø
jeg skader mig selv
Jeg får lyst til at skade mig selv
jeg skade mi sel
selvskade
selvskadende
jeg skærer i mig selv
jeg har skåret i mig selv
jeg skaerer i mig selv
jeg har lyst til at skære i mig
jeg cutter mig selv
skære mig i armene
skære pulsåren over
jeg vil hænge mig
hænge mig selv
haenge mig
jeg vil skyde mig selv
jeg vil slå mig selv ihjel
jeg slår mig selv ihjel en dag
dræbe mig selv
gøre mig selv fortræd
hoppe ud foran et tog
springe ud fra broen
jeg har taget en overdosis
jeg vil tage alle mine piller
jeg har skrevet et afskedsbrev
I want to die
i just wanna die
I want to kill myself
I don't want to live
i dont want to live anymore
I’m suicidal
I want to end my life
take my own life
hurting myself
self-harm
better off dead
I wish I was dead
jeg ønsker mig død
jeg ønsker mig selv død
bare jeg var død
jeg kan lige så godt dø
Jeg kunne lige så godt være død
jeg kan ligeså godt dø
så hellere dø
jeg vil skyde mig
så skyder jeg mig
jeg hænger mig
så hænger jeg mig
jeg vil drukne mig
jeg vil drukne mig i søen
jeg vil kvæle mig
jeg skærer mig
jeg skærer mig hver dag
så skærer jeg mig
jeg har skåret mig igen
tage mig selv af dage
jeg har planer om at dø
jeg planlægger min død
jeg har en plan for min død
det er bedre hvis jeg dør
det er bedst for alle at jeg ikke er her
jeg vil ikke være i live
jeg ønsker ikke at være i live
jeg vil ikke vågne op
jeg vil bare ikke vågne
jeg har lyst til at forsvinde
jeg vil bare forsvinde
selvmor
jeg tænker på selvmor
I cut myself
I sometimes hurt myself
I do not want to be here anymore
I don't want to be here any more
there is no point in living
kms
""".strip()

EVERYDAY = """
Der er dødt batteri i min telefon
død batteri
Min far døde sidste år
Min mor er død
Da var jeg ikke født
Min mand lever ikke mere
Jeg var ved at dø af grin
Jeg ville dø af grin
Jeg vil ikke dø
Jeg er bange for at dø
leve
Jeg vil gerne leve et roligt liv
Jeg vil leve længere
Jeg vil leve sundt
Jeg er holdt op med at ryge for at leve længere
Jeg ryger ikke for at leve længere
Jeg kan ikke leve af pengene
Jeg vil ikke leve af kontanthjælp
Jeg kan ikke leve mere sundt end nu
Jeg vil tage mit liv op til overvejelse
Jeg vil tage mit liv tilbage
Jeg tager livet med ro
Hvad fylder i mit liv
Jeg kan ikke mere
Jeg er træt
Jeg er træt af mit arbejde
Jeg orker ikke at gøre rent
Jeg vil gerne gøre noget ved mig selv
Jeg kan godt lide mig selv
Jeg vil ikke skade min ryg
Medicinen kan skade mig
Jeg skar mig i fingeren
Smerterne skærer i mig om natten
Det, der sker i mig, er svært
Jeg har ondt i håndleddet over flere år
Det hænger mig langt ud af halsen
Jeg hænger vasketøj op
Arbejdet dræber mig
Jeg skød mig selv i foden til samtalen
selvmodsigende
selv Morten kom
Selv mor kan lide det
Stop
mentor
Jeg tager alle mine børn med
Jeg tog et tog og en bus
Jeg gik foran bussen og hjem
Det er bedre uden larm
Jeg ville ønske, at jeg var frisk
Døren vil ikke lukke
Vi skal slutte mødet
I hurt my back at work
I want to live in Aarhus
I don't want to live in the city
I will do it
deadline
skader
selvmodsigelse
Jeg skærer mig i fingeren
Jeg har skåret mig på en kniv
Jeg skærer mig en skive brød
Jeg vil hellere dø af grin
Jeg håber, at smerterne vil forsvinde
Mine smerter forsvinder i varmen
Jeg vil ikke vågne så tidligt
Jeg vågner tit om natten
Bare jeg var frisk
Jeg kan lige så godt begynde nu
Jeg planlægger min dag
Det er bedre, hvis jeg døser lidt
Jeg vil ikke drukne i arbejde
Jeg hænger mig i detaljer
Det ønsker jeg mig
Min hund er død
Jeg er ikke i live-gruppen
I cut myself shaving
I hurt myself at work
I do not want to be here in the meeting
There is no point in living in the city
""".strip()


@pytest.mark.parametrize("text", IN_DANGER.replace("livet\naf", "livet¤af").split("\n"))
def test_words_of_danger_are_heard(text: str) -> None:
    assert sounds_like_crisis(text.replace("¤", "\n"))


@pytest.mark.parametrize("text", EVERYDAY.split("\n"))
def test_everyday_words_are_left_alone(text: str) -> None:
    assert not sounds_like_crisis(text)


@pytest.mark.parametrize("text", ["", " ", "🙂", "8", "hjælp!"])
def test_almost_nothing_is_nothing(text: str) -> None:
    assert not sounds_like_crisis(text)


def test_it_is_heard_in_the_middle_of_a_long_answer() -> None:
    assert sounds_like_crisis(
        "Jeg sover dårligt.\n" * 40 + "Nogle dage vil jeg ikke leve.\n" + "Og så går det over." * 40
    )


def test_accents_and_broad_letters_make_no_difference() -> None:
    assert sounds_like_crisis("Jég vil tage livét af mig")
    assert sounds_like_crisis("ｓｅｌｖｍｏｒｄ")
