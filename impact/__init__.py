"""The measurement of regional action, and the proof behind it.

Glossary (English code, French screens):

Region      région : one of the regional teams' territories, INSEE code of 2010.
Chantier    chantier : one of the four lines of action, FOR, INN, COO, PRE.
Mobilisation  a region's commitment to a chantier between two days; one is primary at a time.
Indicator   indicateur : a versioned definition; figures refer to the version they were typed under.
Campaign    campagne : a year of action, cut into periods (quarters, halves, the year).
Cell        (region, indicator, period) : what is or is not answered.
Entry       the stored answer of a cell: a value, not available, or not applicable.
Sheet       feuille : the cells of one region, one chantier and one period.
Figure      chiffre : an entry that carries a value, as an exact pair (numerator, denominator).
Reliability fiabilité, grade F : is the number right? F0 to F4, derived, never typed.
Evidence    pièce : a file or a link of a region, kept version by version, attached to the figures that it backs.
Claim       affirmation d’impact : what an action changed, carried by figures; grade P, did the action cause it?
Reading     lecture : what a reader, who is not an author, found: in a figure's evidence (F3), or in a claim (P1 to P5).
Term        terme : a word of the shared lexicon, version by version, on which each region takes a stance (position).
Action      action régionale : what a region does on a chantier, with its preparation plan (plan d’action), versioned.
Stage       étape: of an action (ActionStage), derived from gates; of an indicator, its place in the results chain.
Milestone   jalon : a planned day that never changes, and the forecasts that follow it.
Experience  retour d’expérience : what a region did and learnt, told to the others.
Meeting     rencontre : national and thematic; compares actions on a Snapshot, draws lessons, takes decisions.
Snapshot    arrêté : figures frozen on a day, shown again unchanged for ever.
Offer       message d’un visiteur who wants to take part; personal, erased after a year.
Digest      courriel du jour : what waits for a person and is new; each thing is claimed (Notice) before it is told.
Coverage    couverture : how much of what was due stands behind a total.
Basis       what a region's total was counted on: definition, population, method, days; decides who compares with whom.
Scope       whose unvalidated figures a reader sees; every query of figures takes one.
Book        the reference data of one session: definitions, calendar, regions, mobilisations.
World       what a reader sees of a campaign; screens and exports total it, and nothing else does.
Lens        what a screen looks at in a world: chantier, dates, proof level, statuses.
"""
