"""Texts that hold something that may identify somebody: the kind, and the words between the brackets that have to be found."""

from __future__ import annotations

TRUE_CASES = """
date | She rang on [14/05/2018].
date | on [14.5.18] at the home
date | on [14-05-2018], again
date | seen [14 / 05 / 2018] by officers
date | seen [14 05 2018] by officers
date | in US order [05/14/2018] here
date | ISO [2018-05-14] here
date | stamp [2018-05-14]T16:35
date | stamp [2018/05/14] here
date | stamp [20180514] here
date | seen [14 May 2018].
date | seen [14th May 2018].
date | seen [14th of May, 2018].
date | seen [14 May], late
date | seen on [3rd March]
date | seen on [3 Mar 2018]
date | seen on [3-Mar-18] late
date | seen on [3 Sept. 2018] late
date | seen [14 may 2018] late
date | seen [1st may] late
date | on [May 14, 2018] late
date | on [May 14th] late
date | on [December 3] late
date | on [December the 3rd] late
date | on the [fourteenth of May] late
date | on the [twenty-first of June two thousand and eighteen]
date | on [May the fourteenth] late
date | on [Monday 14th] late
date | on [Friday the 3rd] late
date | on [Christmas Day 2017] late
date | on [29 February 2016] late
date-of-birth | Child A ([dob 12/03/2009]) lives
date-of-birth | [Date of birth: 12 March 2009].
date-of-birth | [DOB 12.03.09]
date-of-birth | [D.O.B. 12/03/2009]
date-of-birth | She was [born on 12 March 2009].
date-of-birth | She was [born on the 12th of March 2009].
date-of-birth | She was [born in March 2009].
date-of-birth | her [birthday is 12 March]
postcode | lives in [LE1 6YH] now
postcode | lives in [SW1A 1AA] now
postcode | lives in [le1 6yh] now
postcode | lives in [NG12AB] now
phone | rang [07700 900123] twice
phone | rang [07700900123] twice
phone | rang [+44 7700 900123] twice
phone | rang [+44 (0)7700 900 123] twice
phone | rang [0116 496 0123] twice
phone | rang [(0116) 496 0123] twice
phone | rang [020 7946 0018] twice
phone | rang [0044 7700 900123] twice
phone | rang [+33 1 23 45 67 89] twice
phone | tel [496 0123] twice
phone | Mobile: [496012] twice
email | wrote to [jess.b+x@example.co.uk] today
email | wrote to [JESS@EXAMPLE.COM].
web | see [https://www.example.com/u/jess?x=1].
web | see [www.example.org/jess], again
web | see [example.co.uk/jess] again
handle | messages from [@jess_2009] came
handle | messages from [@jessb], again
handle | on Snapchat as [jess_2009] he
handle | Instagram: [jess.brown.x] he
handle | username [xx_wolf99], he
handle | Discord name is "[wolf#1234]"
reference | crime number [18000123456] was
reference | crime ref [CR/12345/18] was
reference | Crime no. [123456/18] was
reference | Crime [22*123456*18] was
reference | see [18*123456] for
reference | occurrence [18000123456] was
reference | custody record [CU/1234/18] was
reference | custody number [7731] was
reference | incident log [456] was
reference | Incident no [NP-20180514-0123] was
reference | URN [12AB1234518] was
reference | PNC ID [12/345678X] was
reference | PNC [97/1234567L] was
reference | Niche [N12345] was
reference | case number [44712] was
reference | reference: [ABC123456] was
reference | the number [123456789] was
reference | passport [AB1234567] was
collar | told [PC 1234] at
collar | told [DC 217], who
collar | told [PS1234] at
collar | told [Sgt 88] at
collar | told [DS A1234] at
collar | told [Officer 4471] at
collar | collar number [1234] at
collar | shoulder no. [C771] at
registration | in a car, [AB12 CDE], he
registration | in a car, [AB12CDE], he
registration | an old [P123 ABC] outside
registration | an old [ABC 123D] outside
registration | registration [ab12cde] outside
nhs | number [943 476 5919] on
nhs | number [9434765919] on
nhs | NHS number [123 456 7890] on
national-insurance | number [AB 12 34 56 C], on
national-insurance | number [AB123456C] on
national-insurance | number [ab 12 34 56 c] on
address | lives at [14 Church Road] now
address | lives at [14a Church Road], now
address | lives at [2, The Old Mill Lane] now
address | lives at [Flat 3, 14 Elm Grove] now
address | lives at [Flat 3] now
address | lives at [221B Baker Street] now
address | lives at [7 Oak Close]
address | lives at [7 St Mary's Close]
address | lives at [14 Church road] now
address | seen in [Acacia Avenue] at
school | goes to [St Mary's Primary School] now
school | goes to [St. Mary’s C of E Primary School] now
school | goes to [Oakfield Academy] now
school | goes to [Ashby High School] now
school | [Ashby School] was told
school | goes to [Oakfield primary school] now
school | goes to [King Edward College]
school | rang [Little Acorns Nursery] about
hospital | taken to [Leicester Royal Infirmary] at
hospital | taken to [St James's Hospital] at
hospital | seen at [Oakham Medical Centre] at
hospital | seen at [Elmwood Surgery] at
titled-name | told [Mrs Smith] at
titled-name | told [Mr. O'Brien] at
titled-name | told [mrs Smith-Jones] at
titled-name | [Dr Patel] said
titled-name | [Miss Jessica Brown] said
titled-name | [PC Jones] said
titled-name | [DS Khan] said
collar | told [PC 1234 Jones] at
titled-name | [Detective Sergeant Khan] said
titled-name | told [Inspector McDonald] at
titled-name | [Nurse Adeyemi] said
titled-name | [MR SMITH] said
name | spoke to [Jessica Brown] alone
name | spoke to [Jessica Anne Brown] alone
name | [Jessica Brown] told the officer
name | spoke to [Aoife O'Sullivan] alone
name | spoke to [Zoë Müller] alone
name | with her friend, [Kayla Smith-Jones], at
name | Mother [Jessica Brown] said
name | (with [Tyrell Okafor])
name | heard [Jessica Brown's] account
name | told by [J. Smith] at
name | spoke to [Jessica] alone
name | [Mohammed] was not asked
name | heard [Chloe's] account
name | Present: [Oliver Hill], the head
name | with [Sarah Young] at
name | the Child [Olivia Brown] said
name | told by [J.R. Smith] at
""".strip().splitlines()
