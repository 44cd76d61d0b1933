"""Words that may mean that someone's life is in danger. The only use is to show the crisis card at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Parts of the phrases below. Everything is written as people spell it; `_fold` takes care of case, accents,
# doubled letters, and æ/ø/å written as ae/oe/aa.
_PARTS = {
    "mig": "(?:mig|mej|mi)",
    "selv": "(?:selv|sel|sælv|selve)",
    "eget": "(?:eget|egent|egen|ege)",
    "leve": "lever?",
    "dø": "død?r?",
    "mere": "(?:mere|mer|længere|længer|lengere|lengre|videre)",
    "ikke": "(?:ikke|ik|ikek|itte|aldrig|ingen)",
    "vil": "(?:vil|ville|ønsker?|gider|orker|magter)",
    "so": "(?: (?:gerne|bare|virkelig|helst|hellere|egentlig|nok|faktisk|snart|godt|så|kun|jeg|at))*",
    "jest": "(?:af (?:grin|latter|kedsomhed|skam|sult|tørst|varme|kulde|træthed|nysgerrighed|skræk)|for)",
    "of": "(?! (?:af|på|op|sammen|med|i|som|for|sundt|usundt))",  # "ikke leve af pengene"
}

_SUICIDE = (
    r"s(?:e|æ|jæ)(?:lv|l|v|vl|lw)(?:mord|mort|mrod)\w*",
    r"selvmod(?:et)?",
    r"s(?:e|æ|jæ)(?:lv|l|v|vl|lw)mor",
    r"selv mord\w*",
    r"su[ic]+s?id\w*",
    r"(?:ta|tag|tage|tager|tae|tog|taget) (?:(?:mit|mig|mi|sit)(?: {eget})?|{eget}) liv"
    r"(?! (?:op|i|tilbage|alvorligt|som|et|på|til))",
    r"(?:ta|tag|tage|tager|tae|tog|taget) livet? (?:af|fra) {mig}",
    r"(?:ende|slutte|afslutte) (?:mit liv|livet)",
    r"ende (?:på )?(?:det hele|mit liv|livet)",
    r"gør\w* (?:det )?af med {mig} {selv}",
    r"(?:dræb|myrd|kværk|hæng|heng|sky[dt]|drukn|kvæl|kvel|forgift)\w* {mig} {selv}(?! i foden)",
    r"hænge {mig}(?! (?:op|i|på|fast|med|ud|lidt|ind|over))",
    r"slå\w* {mig} {selv} ihjel",
    r"slog {mig} {selv} ihjel",
    r"(?:springe\w*|hoppe\w*|kaste\w* {mig}|smide\w* {mig}|køre\w*|går?|lægge\w* {mig}|stille\w* {mig}) (?:ud )?foran "
    r"(?:et |en )?(?:tog|bil|lastbil|bus)\w*",
    r"(?:springe\w*|hoppe\w*) ud (?:fra|af) (?:en |et )?(?:bro|vindue|altan|tag)\w*",
    r"(?:tage|tager|tog|taget|sluge|sluger|slugt|slugte) (?:en )?overdosis",
    r"(?:tage|tager|taget|tog|sluge|sluger|slugt|slugte) alle (?:mine |de )?piller(?:ne)?",
    r"(?:tar|tar) (?:mit|mig|mi) (?:eget )?liv(?! (?:op|i|tilbage|alvorligt|som|et|på|til))",
    r"afskedsbrev\w*",
    r"(?:jeg hænger|hænger jeg|hængt) {mig}(?! (?:op|i|på|fast|med|ud|langt|lidt|ind|over))",
    r"sky[dt]\w*(?: jeg)? {mig}(?! (?:{selv} )?(?:i foden|ind|frem|hen|op))",
    r"drukne[rt]?(?: jeg)? {mig}(?! i (?:arbejde|papir|opgave|brev|mail)\w*)",
    r"{vil}{so} (?:dræbe|kvæle|forgifte|kværke|myrde) {mig}",
    r"(?:ta|tag|tage|tager|tae|tog|taget) {mig}(?: {selv})? af dage",
)

_NOT_LIVING = (
    r"{vil}{so} {ikke}{so}(?: {mere})? {leve}{of}",
    r"{ikke}{so} {vil}{so} {leve}{of}",
    r"{ikke} (?:(?!for )\w+ ){{0,2}}{leve} {mere}(?! (?:sund|aktiv|rolig|enkel|stabil|normal|fri)\w*)",
    r"{ikke} (?:\w+ ){{0,2}}{mere} {leve}{of}",
    r"{ikke} (?:\w+ )?lyst til (?:at {leve}|livet){of}",
    r"{ikke} (?:nogen )?grund til at {leve}{of}",
    r"{ikke} (?:holde|klare) (?:ud )?(?:livet|at {leve}){of}",
    r"{ikke} (?:\w+ )?værd at {leve}",
    r"{vil}{so} {ikke}{so} være (?:her|til)(?: i (?:verden|livet))? {mere}",
    r"{ikke} være her i verden",
    r"{ikke} vågner? (?:op )?(?:igen|mere)",
    r"(?:gider|orker|magter) {ikke} livet",
    r"(?:træt af|hader) (?:livet|at {leve})",
    r"(?:intet|ingenting|{ikke} (?:noget|mere)) at {leve} for",
    r"fortjener {ikke} at {leve}",
    r"(?:gid|bare|ønsker?){so} (?:{ikke} var|var {ikke}) (?:blevet )?født",
    r"væk fra (?:denne |den her |)verden",
    r"(?:mistet|tabt) (?:lysten til (?:livet|at {leve})|livslysten)",
    r"(?:livstræt|livslede)\w*",
    r"(?:opgive|opgivet|give op på|givet op på) livet",
    r"bedre (?:stillet )?uden {mig}",
    r"{ikke}(?: \w+)? lyst til at være (?:her|til) {mere}",
    r"(?:håber|gid){so} {ikke}{so} (?:at )?(?:jeg )?vågner",
    r"(?:ingen|intet|ikke nogen|ikke noget) mening (?:med|i) (?:livet|at {leve})",
    r"lige meget (?:om|hvis) jeg {leve} eller {dø}",
    r"{ikke}{so} være i live",
    r"{vil}{so} {ikke}{so} vågner?(?: op)?(?! (?:op|så|tidligt|midt|kl|klokken|før|hver|om|til|med|af|ved))",
    r"(?:lyst til(?: bare)? at|jeg (?:vil|ville|ønsker){so}|(?:vil|ville|ønsker) jeg{so}) "
    r"forsvinde(?! (?:ind|ud|til|i))",
)

_DYING = (
    r"(?<!ikke )(?:vil|ville|ønsker?|håber|lyst til|klar til){so} {dø}"
    r"(?! {jest})",
    r"(?:ønsker?|ville|gid|bare|bedre|bedst|hvis){so}(?: hvis)?{so} var{so} død",
    r"ønske\w* {mig}(?: {selv})?{so} død",
    r"(?:lige ?|vel )så godt(?: bare)? (?:{dø}|være død)(?! {jest})",
    r"hellere (?:{dø}|være død)(?! {jest})",
    r"plan(?:er)? (?:om|for) (?:at {dø}|min (?:egen )?død)",
    r"planlæg\w* (?:at {dø}|min (?:egen )?død)",
    r"(?:bedre|bedst|lettere|nemmere)(?: for \w+(?: andre)?)?(?: at| hvis| om){{1,2}} jeg(?: bare)? "
    r"(?:{dø}|(?:{ikke} (?:er|var)|(?:er|var) {ikke}) (?:her|til|i live))(?! {jest})",
    r"(?:var jeg|jeg var) bare død",
    r"(?:gid|bare) jeg (?:måtte|kunne) {dø}",
    r"(?:vil|ville|ønsker|burde){so} være død",
    r"(?:tænk\w*(?: \w+)? på|tanker om|planlægger|drømmer om|savner) at {dø}",
    r"(?:lad mig|burde|skulle bare) {dø}(?! (?:af|for))",
)

_SELF_HARM = (
    r"skad\w* {mig} {selv}",
    r"skade på {mig} {selv}",
    r"selvskad\w*",
    r"gj?[øo]r\w* (?:{mig} {selv} (?:ondt|fortræd)|ondt på {mig} {selv})",
    r"(?:skær|skår|skar|cut)\w* (?:i )?{mig} {selv}",
    r"(?:skære|skar|skåret) i {mig}",
    r"(?:skær\w*|skåret|skar) (?:{mig} i|i mine) (?:arme|armene|håndled\w*)",
    r"(?:skær\w*|skåret|skar) (?:\w+ )?(?:pulsår|håndled)\w* over",
    r"jeg cut(?:er|et|ede)",
    r"(?:skære\w*|skåret|skar)(?: jeg)? {mig}(?! (?:(?:i|på) (?:\w+ )?"
    r"(?:finger|fingre|tommel|hånd|hænd|fod|tå|kniv|papir|glas|dåse)\w*|ned|ud|igennem|fra|til|en|et|noget))",
    r"(?:brænder|brændt|brændte|ridser|ridset|ridsede) {mig} {selv}",
)

_ENGLISH = (
    r"(?:kill|killing|hang|hanging) myself",
    r"(?:end|ending) (?:my (?:own )?life|it all)",
    r"(?:take|taking) my (?:own life|life(?! (?:back|in|to|seriously|one|as)))",
    r"(?:want|wanna|wish)(?: (?:just|really|to|only))* (?:die|be dead)",
    r"(?:dont|do not|not)(?: (?:really|even))? (?:want|wanna|wish)(?: to)? (?:live|be alive)"
    r"(?! (?:in|on|with|at|near|off|like|here))",
    r"no reason to live(?! (?:in|on|with|at|near))",
    r"(?:not|isnt) worth living",
    r"better off (?:dead|without me)",
    r"wish i (?:was|were) (?:dead|never born)",
    r"(?:hurting|harm|harming|cutting) myself",
    r"(?:want|wanna|going)(?: to)? (?:hurt|cut) myself",
    r"self ?harm\w*",
    r"i (?:\w+ )?(?:cut|hurt|harm|burn) myself(?! (?:shaving|cooking|falling|on|at|while|when|badly at|by accident))",
    r"(?:dont|do not|not)(?: (?:really|even))? (?:want|wanna|wish)(?: to)? be (?:here|around) "
    r"(?:anymore|any (?:more|longer))",
    r"no (?:point|sense|reason) (?:in|for) (?:living|being alive)(?! (?:in|at|with|near))",
    r"kms",
)


def sounds_like_crisis(text: str) -> bool:
    """Whether the text holds words of suicide, of not wanting to live, or of harming oneself.

    It looks for whole words and knows the usual misspellings. A false alarm is better than a miss, but what
    people say every day (that a father died, that one could die of laughing) is left alone. The answer is for
    this moment only: nobody may keep it, count it or log it.
    """
    return _PATTERN.search(_words(text)) is not None


def _words(text: str) -> str:
    """The folded words with one space between."""
    folded = _fold(re.sub(r"['’´`]", "", text))
    return " ".join(re.findall(r"[^\W\d_]+", folded))


def _fold(text: str) -> str:
    """Lower case without accents, each letter once in a row, and one spelling of æ, ø and å."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    danish = lower.replace("æ", "ae").replace("ä", "ae").replace("ø", "o").replace("ö", "o")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", danish) if not unicodedata.combining(sign))
    return re.sub(r"([a-z])\1+", r"\1", plain.replace("oe", "o"))


def _compile(phrases: Iterable[str]) -> re.Pattern[str]:
    written = (phrase.format(**_PARTS) for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(_fold(phrase) for phrase in written)})\b")


_PATTERN = _compile((*_SUICIDE, *_NOT_LIVING, *_DYING, *_SELF_HARM, *_ENGLISH))
