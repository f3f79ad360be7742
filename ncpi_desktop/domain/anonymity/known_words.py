"""Words that are written with a capital and are no part of a person's name: the trade's, organisations', days, places in general, sites."""

from __future__ import annotations

from typing import Final

_TRADE: Final = """
act acts adult adults advocate agency agreement aid analysis annex annexes appendix appropriate area areas assault assessment assessments
audit bail barnahus brook care carer carers case cases caution chair challenge charge chief child children childline childrens cid clare's
claire's clause closure code command commissioner community complex concern conference conferences constable contact control core counsel
crime criminal cse csa custody cyber data day decision decisions defence designated detective detention digital director discussion domestic
duty early emergency enquiry enquiries evidence exploitation exploited family father female final first foster framework front gang general
grade grandfather grandmother guidance guide head health help her his history home homes honour house human identification immediate
inadequate inclusion independent information inheritance initial inquiry inspection inspector inspectors intelligence interview
investigation investigations investigator joint judge justice key language law lead leader leadership learning legal level liaison local
looked looked-after male manager marac mappa mash medical meeting mental method minute minutes missing modern mother multi-agency multi
multiagency national neglect nurse offence offences offender offenders office officer officers online operation order orders outcome
outreach panel paediatrician parent parental part partner partners partnership partnerships person place plan plans police policing policy
position post practice pre principal prevention priority probation procedure proceedings professional professionals programme project
prosecution prosecutor protect protecting protection protocol public quality question rape reason reasons record records referral referrals
register relationship report reports requires requiring response return review reviews risk road safe safeguarding safety sarah's school
section senior sergeant serious service services sex sexual sibling single sister brother social specialist staff stage statement step
strategic strategy street strength submission substance suspect suspects superintendent supervision supervisor support team teams therapist
threshold together total training trauma triage trust trusted unit units university update urgent victim victims violence violent voluntary
volunteer vulnerability vulnerable ward warning welfare witness witnesses women women's work worker workers working year youth young
improvement good outstanding adequate inspectorate achieving best
"""
_ORDERS_AND_SYSTEMS: Final = """
abduction active anti-social application armed behaviour bus camera channel contextual database disclosure document evidential forced forensic
genital grooming grand harassment harm harmful haven hearing hotel images indecent information internet licence light line management market
marriage matrix mutilation night notification notifications notices notice pathway practices prevent priority register regulation risk score
screening slavery square stalking summary system systems tag threat tier tool trafficking video worn written
"""
_BODIES: Final = """
academy army association authority barnardo's board body bbc borough bureau cafcass cabinet centre charity church city clinic college commission
committee constabulary council counsellor county court courts crown department district division embassy family federation force forces foundation
government group hmicfrs hmic hospital hub information institute league library magistrates magistrates' magistrate's majesty's ministry mosque
nspcc ofsted organisation parish parliament party red cross refuge samaritans secretary shelter society state station temple trustees union
ambulance fire rescue nhs cps ncpi isva idva lado iro dash ceop pnc pnd gp gps camhs caada safelives acpo npcc fgm vaw dvpn dvpo abe achieving
"""
_DAYS_AND_SEASONS: Final = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
christmas easter ramadan eid diwali hanukkah spring summer autumn winter bank holiday eve new year years term week weekend half
"""
_PLACES: Final = """
north south east west northern southern eastern western central great greater upper lower inner outer midlands england english wales welsh
scotland scottish ireland irish britain british united kingdom european europe london asia asian africa african america american american's
poland polish romania romanian albania albanian france french germany german spain spanish turkey turkish vietnam vietnamese china chinese india
indian pakistan pakistani bangladesh bangladeshi roma traveller white black caribbean mixed muslim christian catholic jewish sikh hindu
northshire northshire's avenue lane close drive crescent grove gardens terrace park green hill river airport
"""
_SITES: Final = """
snapchat instagram facebook tiktok twitter whatsapp youtube discord roblox xbox playstation telegram kik google apple android microsoft netflix
fortnite minecraft reddit skype zoom teams messenger iphone ipad samsung uber travelodge premier inn tesco asda sainsbury's mcdonald's
"""
_SMALL: Final = """
a about action actions after again all also although an and another any are as asked at be because been before both but by call called can
checked child's could did do does during each either every everybody everyone following for found further higher from had has have he he's
held however i i'd i'll i'm i've if in into is it it's its just last later let like made many me more most mr mrs ms much mum mum's dad
dad's my nan nan's neither never no nobody none not note nothing now of on once one only or other our out over own per please present put
rang read said same saw second see sent she she's should since so st some someone something soon still such sure take taken tell than that
that's the their them then there these they they're third this those three to told too took two under until up very was we we're well went
were what what's when where whether which while who whole why will with within without would yes yesterday yet you you're your
"""

KNOWN_WORDS: Final = frozenset(
    f"{_TRADE} {_ORDERS_AND_SYSTEMS} {_BODIES} {_DAYS_AND_SEASONS} {_PLACES} {_SITES} {_SMALL}".split()
)
"""In small letters."""

_THINGS: Final = """
police constabulary council trust service services partnership board team unit hub court school hospital road street house act home project
operation law review inquiry protocol scheme programme panel
"""
BODY_WORDS: Final = frozenset(f"{_BODIES} {_THINGS}".split())
"""Behind a proper word these make it the name of a body or a thing, not of a person."""

_GIVEN: Final = """
aaron abbie abdul abigail adam adele adrian aisha alan albert alex alexander alexandra alfie ali alice alison amanda amber amelia amina amy
andrea andrew angela anna anne annie anthony archie arthur ashley barbara barry ben benjamin beth bethany bradley brandon brenda brian
bryony caitlin callum cameron carl carol caroline catherine charles charlie charlotte chelsea chloe chris christina christine christopher
claire colin connor courtney craig daisy daniel danielle danny darren dave david dawn dean deborah debbie denise dennis derek diane donna
dylan eleanor elizabeth ella ellie elliot emily emma eric erin ethan eva eve evie farah fatima fiona florence frances frank freddie freya
gareth gary gavin gemma geoffrey george georgia gillian grace graham greg hannah harriet harrison harry hassan hayley hazel heather helen
henry holly ian ibrahim imran isaac isabella isla jack jackie jacob jade jake james jamie jane janet jasmine jason jayden jean jennifer
jenny jeremy jess jessica jill joan joanna joanne joe joel john jonathan jordan joseph josh joshua joyce julia julie kai karen kate
katherine kathleen katie kayleigh keith kelly kenneth kevin khadija kieran kim kimberley kirsty kyle lara laura lauren leah lee leo leon
lesley lewis liam lily linda lisa logan louis louise lucas lucy luke lydia madison margaret maria marie marilyn martin mary maryam mason
matthew max megan melanie melissa mia michael michelle mike millie mohammed molly morgan muhammad nadia naomi natalie natasha nathan neil
niamh nicholas nicola nigel nina noah oliver olivia omar oscar owen pamela patricia patrick paul paula pauline peter phil philip phoebe
poppy rachel ralph rebecca reece rhys richard riley robert robin roger ronald rosie roy ruby russell ruth ryan sally sam samantha samuel
sandra sara sarah scott sean sebastian shannon sharon shaun sheila shirley sian simon sophia sophie stacey stanley stephanie stephen steven
stuart susan suzanne tanya tara taylor teresa terry thea theo thomas tiffany tim timothy toby tom tony tracey tracy tyler valerie vanessa
victoria vincent wayne wendy william yasmin yusuf zachary zainab zara zoe
"""

GIVEN_NAMES: Final = frozenset(_GIVEN.split())
"""First names common in Britain, in small letters: at the start of a sentence, where every word has a capital, only these begin a name."""

_ALSO_WORDS: Final = """
adam alexandra amber andrea april ashley beth bradley brandon carol charlie chelsea dale daisy dawn dean don eve florence frank georgia grace harrison
heather holly jack jade jan jordan kelly kent kim lee logan madison mark martin mason max mia mike paris poppy ray robin rose ruby russell scott sky
stanley taylor tracey victoria warren wayne
"""

ONLY_NAMES: Final = GIVEN_NAMES - frozenset(_ALSO_WORDS.split())
"""First names that are no other word, place, surname or brand: these are told when they stand alone."""

ALSO_SURNAMES: Final = frozenset(
    (
        "hill",
        "young",
        "green",
        "black",
        "white",
        "west",
        "north",
        "day",
        "french",
        "english",
        "ward",
        "good",
        "law",
        "head",
        "brook",
        "may",
    )
)
"""Known words that are a surname behind a first name."""
