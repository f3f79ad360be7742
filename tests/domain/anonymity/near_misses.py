"""Texts that look as if they might identify somebody, and must be left alone."""

from __future__ import annotations

NEAR_MISSES = """
Child A, aged 14, was seen on Day 3 at 19:50.
Child A (14) and Child B (6 months) were seen.
She is 14 and her brother is 12.
a 14-year-old girl and two 15-year-olds
Day 14: strategy discussion held.
On Day 3 March could not come.
Between 02:15 and 03:40 on Day 0.
At 8.30 and again at 10.15.
enquiries under section 47 of the Children Act 1989
Section 46 was used; s47 enquiries began.
S47 ENQUIRY AND REVIEW
Detained under section 136 at 19:50.
DEC-W01 and INI-S01 were given.
See EX-02, DA-11 and S47-05.
Case S47-05 was compared with case DA-01.
In January 2017 it was 29 per cent.
between May 2018 and June 2018
in the spring of 2018, and 2017/18
the years 2016-17 and 2017-2018
In May 14 cases were good.
officers say they may 14 times
the 3 march past the house
In March 30 cases were read.
in 05/2018 and in 2018
a score of 3/5, then 4/5
24/7 cover and a 50/50 split
version 1.2.10 of the form
It took 1.5 hours and cost £140.50.
Practice was good in 16 of 30 cases (53 per cent; 95% interval 36% to 70%).
p = 0.024, +4 to +43 points
1 2 3 4 5 6 7 8 9 10
0 1 2 3 4 5 6 7 8 9
She was told to ring 101, or 999 in an emergency.
rang 116 000 for advice
Childline, 0800 1111
He owed 12,500 pounds and 1,234,567 more.
The register holds 12345 people.
an incident in 2018 and another incident 3 days later
The report 2018 and the log kept by hand.
custody for 18 hours and 25 minutes
incident number 14 that week
crime number not known; reference to social care
crime recorded as common assault
the log says 'no reply'
occurrence of harm within 24 hours
Target for a warrant 14 days.
Officer 1 told Inspector 2 and Sergeant 3.
PC A, DC B and DS 1 attended.
Male 1, Female 2 and Adult D were there.
Mr A and Mrs B were told; Dr C agreed.
Mother, Father and Child A were seen; Sibling B was not.
Child A. Detained at once.
Children A and B. Decisions were late.
A sergeant told Child A's mother and Child B's school.
Domestic Abuse, Child Sexual Exploitation and Missing Children
the Crown Prosecution Service and Children's Social Care
Northshire Police and the Safeguarding Partnership
told the Multi-Agency Safeguarding Hub at once
HMICFRS and Ofsted inspect with the Care Quality Commission
a Domestic Violence Protection Notice and Clare's Law
under the Sexual Offences Act 2003, and Working Together 2018
Achieving Best Evidence interview held
Her Majesty's Inspectorate of Constabulary
the Police and Crime Commissioner
a Detective Inspector and a Police Constable
The Inspector General was told by Inspector Review
the Family Court and Youth Court
in Greater Manchester and South Yorkshire
Barnardo's and the Red Cross helped Leicester City Council
Operation Nightingale Star was opened
Brook Traveller Liaison Service came
On Monday the School was told. Rang School about him.
The school, her primary school and the High School
a secondary school near the park; Primary School told
Told the nearest hospital; the Children's Hospital agreed
at a General Hospital and a Walk-in Centre
she lives on a street near the road
on the main road, 3 Officers
a 10 minute drive and a 5 minute walk
within 2 miles of the High Street shops
Facebook, Snapchat and Instagram were used.
on Snapchat as a girl of 13
an account called 'wolf' on a game
his Instagram is private
he said: 'Tell Mum'. 'Not Now,' she said
“No Further Action” was marked; No Further Action.
Requires Improvement, Good and Inadequate
Results of Case File Reviews
Merry Christmas and Happy New Year cards
at 14:05/14:10 and 20:18
the e-mail was late; write to her@
@ the door, 5 @ once
e.g. a phone, i.e. hers. Then another
an uplift of 10% on 2017, of 1 in 4
CSE, CSA, MARAC, MAPPA, MASH and DASH
a GP, an ISVA and an IDVA
ABE 1A and MG11 forms
Annex A, Figure 2, Table 10, Part 3
the first of the month, the second of two meetings and the third
Second reading; First Reading; Third Party Material
Team of 12, 13 or 14 officers; Unit 2 of the course
Officers Arrive And Speak With Child A Alone
Strategy Discussion Held Late Without Health Present
Sarah's Law and Clare's Law; St James is not far
in Jordan, in Chelsea, at Victoria and in Georgia
The Mark, The Grace, The Frank words
an account named after a game, username not known
Instagram account 2 was closed; Snapchat profile is private
The Force Control Room graded the call as Priority. Niche was updated by the DS.
Police Protection taken; the Local Authority Designated Officer (LADO) was told.
At the Initial Child Protection Conference (ICPC) the Chair asked for a Written Agreement.
Mother's partner, Male 1, is on Licence and wears a GPS tag.
The Force Intelligence Bureau produced a Child Abduction Warning Notice.
Sexual Harm Prevention Order breached; ARMS is the Active Risk Management System.
Body Worn Video was used; the FIO checked ANPR and the Police National Database.
a taxi firm in Market Square; the Grand Hotel near the Bus Station
Lucy Faithfull Foundation referral made. Victim Support offered.
He said, "I Love You", and sent Emojis and GIFs.
Cocaine, Class A drugs, and Xanax; Ford Fiesta, blue
at 0930 hrs on Day 2, 1400 and 2215 hours
Voluntary interview under PACE Code C, S29 bail, s20 GBH
In 2018 Leicestershire Police and Derbyshire Constabulary merged teams.
""".strip().splitlines()
