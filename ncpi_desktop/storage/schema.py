"""The tables of an audit file: those that the first version made, and what each later one added.

The words are the trade's, so that the closed file can be read in any SQLite tool. Every kept row has an `identity`
that stays the same in every copy of the file. Tables under *Derived* can be rebuilt from the others at any time.
"""

from __future__ import annotations

_IDENTITY = "id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE"

_INSPECTION = f"""
CREATE TABLE inspection ({_IDENTITY}, force TEXT NOT NULL, kind TEXT NOT NULL, methodology TEXT NOT NULL, marking TEXT NOT NULL,
  fieldwork_start TEXT, fieldwork_end TEXT, is_sample INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, CHECK (id = 1)) STRICT;
CREATE TABLE previous_results ({_IDENTITY}, label TEXT NOT NULL, kind TEXT, methodology TEXT, good INTEGER, total INTEGER,
  percent_good REAL, CHECK (good IS NULL OR total IS NULL OR good <= total)) STRICT;
CREATE TABLE previous_counts (previous_id INTEGER NOT NULL REFERENCES previous_results(id), area TEXT NOT NULL, grade TEXT NOT NULL,
  cases INTEGER NOT NULL CHECK (cases >= 0), PRIMARY KEY (previous_id, area, grade)) STRICT, WITHOUT ROWID;
CREATE TABLE people ({_IDENTITY}, name TEXT NOT NULL UNIQUE, active INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE roles (person_id INTEGER NOT NULL REFERENCES people(id), role TEXT NOT NULL
  CHECK (role IN ('inspector', 'quality-assurer', 'team-lead', 'observer')), PRIMARY KEY (person_id, role)) STRICT, WITHOUT ROWID
"""

_METHODOLOGY = """
CREATE TABLE methodology (code TEXT PRIMARY KEY, title TEXT NOT NULL, year INTEGER NOT NULL, note TEXT NOT NULL,
  report_sections TEXT NOT NULL) STRICT;
CREATE TABLE grades (code TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, short TEXT NOT NULL, letter TEXT NOT NULL,
  shape TEXT NOT NULL, tone TEXT NOT NULL, counts_as_good INTEGER NOT NULL, key TEXT NOT NULL) STRICT;
CREATE TABLE areas (code TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, prefix TEXT NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE stages (code TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, short TEXT NOT NULL, areas TEXT NOT NULL,
  optional INTEGER NOT NULL, case_level INTEGER NOT NULL) STRICT;
CREATE TABLE criteria (stage TEXT NOT NULL REFERENCES stages(code), position INTEGER NOT NULL, question TEXT NOT NULL,
  PRIMARY KEY (stage, position)) STRICT, WITHOUT ROWID;
CREATE TABLE reasons (code TEXT PRIMARY KEY, position INTEGER NOT NULL, stage TEXT NOT NULL REFERENCES stages(code),
  polarity TEXT NOT NULL CHECK (polarity IN ('weakness', 'strength')), wording TEXT NOT NULL, retired INTEGER NOT NULL DEFAULT 0) STRICT
"""

_CASES = f"""
CREATE TABLE cases ({_IDENTITY}, reference TEXT NOT NULL UNIQUE, area TEXT NOT NULL REFERENCES areas(code), added_at TEXT NOT NULL) STRICT;
CREATE TABLE case_tags (case_id INTEGER NOT NULL REFERENCES cases(id), position INTEGER NOT NULL, tag TEXT NOT NULL,
  PRIMARY KEY (case_id, position)) STRICT, WITHOUT ROWID;
CREATE TABLE children (case_id INTEGER NOT NULL REFERENCES cases(id), position INTEGER NOT NULL, pseudonym TEXT NOT NULL,
  age INTEGER CHECK (age IS NULL OR age BETWEEN 0 AND 25), PRIMARY KEY (case_id, position)) STRICT, WITHOUT ROWID;
CREATE TABLE entries ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), position INTEGER NOT NULL, day INTEGER,
  time TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX entries_of_case ON entries (case_id, position);
CREATE TABLE strategy_discussions (entry_id INTEGER PRIMARY KEY REFERENCES entries(id), in_time INTEGER, rationale_recorded INTEGER,
  actions_recorded INTEGER) STRICT;
CREATE TABLE strategy_agencies (entry_id INTEGER NOT NULL REFERENCES strategy_discussions(entry_id), agency TEXT NOT NULL,
  position INTEGER NOT NULL, invited INTEGER NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (entry_id, agency)) STRICT, WITHOUT ROWID;
CREATE TABLE own_grades (case_id INTEGER PRIMARY KEY REFERENCES cases(id), grade TEXT NOT NULL REFERENCES grades(code),
  rationale TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE allocations ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), person_id INTEGER NOT NULL REFERENCES people(id),
  purpose TEXT NOT NULL CHECK (purpose IN ('first', 'second', 'settlement', 'practice')), UNIQUE (case_id, purpose)) STRICT
"""

_REVIEWS = f"""
CREATE TABLE reviews ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), reviewer_id INTEGER REFERENCES people(id),
  purpose TEXT NOT NULL CHECK (purpose IN ('first', 'second', 'settlement', 'practice')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'superseded')), grade TEXT REFERENCES grades(code),
  rationale TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', not_sure INTEGER NOT NULL DEFAULT 0,
  parked_because TEXT NOT NULL DEFAULT '', started_at TEXT NOT NULL, submitted_at TEXT, supersedes INTEGER REFERENCES reviews(id),
  reopened_because TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX reviews_of_case ON reviews (case_id, purpose, state);
CREATE TABLE stage_grades (review_id INTEGER NOT NULL REFERENCES reviews(id), stage TEXT NOT NULL REFERENCES stages(code),
  grade TEXT NOT NULL, PRIMARY KEY (review_id, stage)) STRICT, WITHOUT ROWID;
CREATE TABLE given_reasons ({_IDENTITY}, review_id INTEGER NOT NULL REFERENCES reviews(id), reason TEXT NOT NULL REFERENCES reasons(code),
  UNIQUE (review_id, reason)) STRICT;
CREATE TABLE citations ({_IDENTITY}, given_reason_id INTEGER NOT NULL REFERENCES given_reasons(id), entry_id INTEGER NOT NULL
  REFERENCES entries(id), start INTEGER NOT NULL, "end" INTEGER NOT NULL, passage TEXT NOT NULL, CHECK ("end" > start)) STRICT;
CREATE INDEX citations_of_reason ON citations (given_reason_id);
CREATE INDEX citations_of_entry ON citations (entry_id)
"""

_FOLLOW_UP = f"""
CREATE TABLE samples ({_IDENTITY}, purpose TEXT NOT NULL, rules TEXT NOT NULL, seed INTEGER NOT NULL, frame_size INTEGER NOT NULL,
  drawn_at TEXT NOT NULL) STRICT;
CREATE TABLE sample_cases (sample_id INTEGER NOT NULL REFERENCES samples(id), case_id INTEGER NOT NULL REFERENCES cases(id),
  position INTEGER NOT NULL, PRIMARY KEY (sample_id, case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE comments ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), about TEXT NOT NULL, answers INTEGER REFERENCES comments(id),
  person_id INTEGER NOT NULL REFERENCES people(id), text TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'resolved')),
  written_at TEXT NOT NULL) STRICT;
CREATE INDEX comments_of_case ON comments (case_id);
CREATE TABLE referrals ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), raised_by INTEGER REFERENCES people(id), raised_at TEXT NOT NULL,
  risk TEXT NOT NULL, told TEXT NOT NULL, acknowledged_at TEXT, outcome TEXT NOT NULL DEFAULT '', closed_at TEXT,
  closed_by INTEGER REFERENCES people(id)) STRICT;
CREATE INDEX referrals_of_case ON referrals (case_id);
CREATE TABLE findings ({_IDENTITY}, position INTEGER NOT NULL, stage TEXT REFERENCES stages(code), kind TEXT NOT NULL
  CHECK (kind IN ('strength', 'shortcoming', 'effective-practice')), title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE finding_reasons (finding_id INTEGER NOT NULL REFERENCES findings(id), reason TEXT NOT NULL REFERENCES reasons(code),
  PRIMARY KEY (finding_id, reason)) STRICT, WITHOUT ROWID;
CREATE TABLE finding_cases (finding_id INTEGER NOT NULL REFERENCES findings(id), case_id INTEGER NOT NULL REFERENCES cases(id),
  PRIMARY KEY (finding_id, case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE recommendations ({_IDENTITY}, number INTEGER NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('previous', 'this')),
  text TEXT NOT NULL, particulars TEXT NOT NULL DEFAULT '', finding TEXT NOT NULL DEFAULT '', deadline TEXT NOT NULL
  CHECK (deadline IN ('immediately', 'three-months', 'six-months')), status TEXT NOT NULL
  CHECK (status IN ('awaiting-review', 'will-be-progressed', 'being-progressed', 'complete')), progress TEXT NOT NULL DEFAULT '',
  UNIQUE (origin, number)) STRICT;
CREATE TABLE recommendation_log ({_IDENTITY}, recommendation_id INTEGER NOT NULL REFERENCES recommendations(id), at TEXT NOT NULL,
  status TEXT NOT NULL, comment TEXT NOT NULL, person_id INTEGER REFERENCES people(id), authorised_by INTEGER REFERENCES people(id)) STRICT;
CREATE TABLE recommendation_cases (recommendation_id INTEGER NOT NULL REFERENCES recommendations(id),
  case_id INTEGER NOT NULL REFERENCES cases(id), PRIMARY KEY (recommendation_id, case_id)) STRICT, WITHOUT ROWID
"""

_HISTORY = """
CREATE TABLE history (sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL, person_identity TEXT NOT NULL,
  action TEXT NOT NULL, case_identity TEXT NOT NULL, case_reference TEXT NOT NULL, detail TEXT NOT NULL, reason TEXT NOT NULL,
  step INTEGER NOT NULL, undoes INTEGER, salt TEXT NOT NULL, texts_digest TEXT NOT NULL, previous_seal TEXT NOT NULL, seal TEXT NOT NULL) STRICT;
CREATE INDEX history_of_case ON history (case_identity, sequence);
CREATE TABLE history_values (sequence INTEGER NOT NULL REFERENCES history(sequence), position INTEGER NOT NULL, "table" TEXT NOT NULL,
  "row" TEXT NOT NULL, field TEXT NOT NULL, operation TEXT NOT NULL CHECK (operation IN ('set', 'splice', 'add', 'remove')),
  old_value ANY, new_value ANY, "offset" INTEGER, salt TEXT NOT NULL, old_digest TEXT NOT NULL, new_digest TEXT NOT NULL,
  redacted_because TEXT, PRIMARY KEY (sequence, position)) STRICT, WITHOUT ROWID;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE OF sequence, at, person_identity, action, case_identity, step, undoes, texts_digest,
  previous_seal, seal ON history BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END;
CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'the history is never deleted'); END;
CREATE TRIGGER history_values_are_not_changed BEFORE UPDATE ON history_values WHEN NEW.redacted_because IS NULL
  OR NEW.old_value IS NOT NULL OR NEW.new_value IS NOT NULL OR NEW.old_digest <> OLD.old_digest OR NEW.new_digest <> OLD.new_digest
  OR NEW.sequence <> OLD.sequence OR NEW.position <> OLD.position OR NEW."table" <> OLD."table" OR NEW."row" <> OLD."row"
  OR NEW.field <> OLD.field OR NEW.operation <> OLD.operation OR NEW."offset" IS NOT OLD."offset"
  BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END;
CREATE TRIGGER history_values_are_not_deleted BEFORE DELETE ON history_values
  BEGIN SELECT RAISE(ABORT, 'the history is never deleted'); END
"""

_DERIVED = """
CREATE TABLE worklist (position INTEGER PRIMARY KEY, case_id INTEGER NOT NULL UNIQUE REFERENCES cases(id), reference TEXT NOT NULL,
  area TEXT NOT NULL, entries INTEGER NOT NULL, state TEXT NOT NULL, grade TEXT, not_sure INTEGER NOT NULL, allocated_to INTEGER) STRICT;
CREATE INDEX worklist_by_state ON worklist (state, position);
CREATE INDEX worklist_by_person ON worklist (allocated_to, position) WHERE allocated_to IS NOT NULL;
CREATE INDEX worklist_not_sure ON worklist (position) WHERE not_sure = 1;
CREATE TABLE tallies (measure TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, cases INTEGER NOT NULL,
  PRIMARY KEY (measure, one, other)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entry_search USING fts5(heading, text, content='entries', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE review_search USING fts5(rationale, notes, content='reviews', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2")
"""

FIRST_SCHEMA = (_INSPECTION, _METHODOLOGY, _CASES, _REVIEWS, _FOLLOW_UP, _HISTORY, _DERIVED)

_WRITER = """
CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT NOT NULL, person TEXT NOT NULL, machine TEXT NOT NULL,
  process INTEGER NOT NULL, opened_at TEXT NOT NULL, beat_at TEXT NOT NULL) STRICT
"""

_WORDS_OF_HISTORY = """
CREATE TRIGGER history_words_are_only_taken_out BEFORE UPDATE OF person, case_reference, detail, reason, salt ON history
  WHEN NEW.salt <> '' BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END
"""

SECOND_SCHEMA = (_WRITER, _WORDS_OF_HISTORY)
"""Version 2: who has the file open for writing, with a heartbeat, which is no part of the audit and stands outside the history; and the
words of a change can be taken out, but not be replaced while their digest still counts."""

_SECOND_READING = f"""
CREATE TABLE frames ({_IDENTITY}, sample_id INTEGER NOT NULL UNIQUE REFERENCES samples(id), lines TEXT NOT NULL) STRICT;
CREATE TABLE interests ({_IDENTITY}, person_id INTEGER NOT NULL REFERENCES people(id), unit TEXT NOT NULL, because TEXT NOT NULL,
  declared_at TEXT NOT NULL, UNIQUE (person_id, unit)) STRICT;
CREATE TABLE sightings ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), person_id INTEGER NOT NULL REFERENCES people(id),
  what TEXT NOT NULL CHECK (what IN ('grade', 'reading')), seen_at TEXT NOT NULL, UNIQUE (case_id, person_id, what)) STRICT;
CREATE TABLE settled_parts ({_IDENTITY}, review_id INTEGER NOT NULL REFERENCES reviews(id), part TEXT NOT NULL
  CHECK (part IN ('grade', 'stage', 'reason')), code TEXT NOT NULL, choice TEXT NOT NULL CHECK (choice IN ('first', 'second', 'other')),
  value TEXT, because TEXT NOT NULL, decided_by INTEGER REFERENCES people(id), decided_at TEXT NOT NULL,
  agreed_by INTEGER REFERENCES people(id), UNIQUE (review_id, part, code)) STRICT;
CREATE TABLE practice_cases ({_IDENTITY}, case_id INTEGER NOT NULL UNIQUE REFERENCES cases(id), added_at TEXT NOT NULL) STRICT;
CREATE INDEX reviews_of_reader ON reviews (reviewer_id, purpose, submitted_at);
CREATE INDEX samples_of_case ON sample_cases (case_id);
CREATE INDEX allocations_of_person ON allocations (person_id, purpose);
CREATE INDEX answers_of_comment ON comments (answers) WHERE answers IS NOT NULL;
CREATE INDEX open_comments ON comments (case_id) WHERE answers IS NULL AND state = 'open'
"""

_DERIVED_FROM_SECOND_READINGS = """
CREATE TABLE second_readings (case_id INTEGER PRIMARY KEY REFERENCES cases(id), position INTEGER NOT NULL, state TEXT NOT NULL,
  reader INTEGER, apart INTEGER NOT NULL, sampled INTEGER NOT NULL, edited INTEGER NOT NULL, originals TEXT) STRICT;
CREATE INDEX second_readings_by_state ON second_readings (state, position);
CREATE INDEX second_readings_by_reader ON second_readings (reader, state, position);
CREATE INDEX second_readings_by_originals ON second_readings (originals, position) WHERE originals IS NOT NULL
"""

THIRD_SCHEMA = (_SECOND_READING, _DERIVED_FROM_SECOND_READINGS)
"""Version 3: the second reading. The frame a sample was drawn from, whose cases of which force unit somebody may not read, what a second
reader had seen before, how each difference was settled, which cases are for practice. `second_readings` is derived, as the queue is: a line
to each case that is read again, with the two original grades that agreement counts (`originals`).
"""

_FORCE_AND_FINDINGS = f"""
ALTER TABLE inspection ADD COLUMN published_on TEXT;
ALTER TABLE inspection ADD COLUMN case_choice TEXT NOT NULL DEFAULT '';
ALTER TABLE inspection ADD COLUMN finished_at TEXT;
ALTER TABLE previous_results ADD COLUMN force TEXT NOT NULL DEFAULT '';
ALTER TABLE previous_results ADD COLUMN inspection_identity TEXT NOT NULL DEFAULT '';
ALTER TABLE previous_results ADD COLUMN case_choice TEXT NOT NULL DEFAULT '';
ALTER TABLE previous_results ADD COLUMN fieldwork_start TEXT;
ALTER TABLE previous_results ADD COLUMN published_on TEXT;
CREATE TABLE previous_breakdown (previous_id INTEGER NOT NULL REFERENCES previous_results(id), measure TEXT NOT NULL
  CHECK (measure IN ('stage', 'reason')), code TEXT NOT NULL, grade TEXT NOT NULL, cases INTEGER NOT NULL CHECK (cases >= 0),
  PRIMARY KEY (previous_id, measure, code, grade)) STRICT, WITHOUT ROWID;
CREATE TABLE own_stage_grades ({_IDENTITY}, case_id INTEGER NOT NULL REFERENCES cases(id), stage TEXT NOT NULL REFERENCES stages(code),
  grade TEXT NOT NULL REFERENCES grades(code), UNIQUE (case_id, stage)) STRICT;
ALTER TABLE referrals ADD COLUMN child TEXT NOT NULL DEFAULT '';
ALTER TABLE referrals ADD COLUMN told_at TEXT;
ALTER TABLE referrals ADD COLUMN force_did TEXT NOT NULL DEFAULT '';
CREATE INDEX open_referrals ON referrals (case_id) WHERE closed_at IS NULL;
ALTER TABLE findings ADD COLUMN subject TEXT NOT NULL DEFAULT 'casework'
  CHECK (subject IN ('casework', 'leadership', 'training', 'partnership'));
CREATE TABLE illustrations ({_IDENTITY}, finding_id INTEGER NOT NULL REFERENCES findings(id), case_id INTEGER NOT NULL REFERENCES cases(id),
  position INTEGER NOT NULL, text TEXT NOT NULL, cleared_because TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX illustrations_of_finding ON illustrations (finding_id, position);
ALTER TABLE recommendations ADD COLUMN published_on TEXT;
ALTER TABLE recommendations ADD COLUMN summary TEXT NOT NULL DEFAULT '';
ALTER TABLE recommendations ADD COLUMN detail TEXT NOT NULL DEFAULT '';
ALTER TABLE recommendations ADD COLUMN follows INTEGER REFERENCES recommendations(id);
CREATE TABLE recommendation_findings (recommendation_id INTEGER NOT NULL REFERENCES recommendations(id),
  finding_id INTEGER NOT NULL REFERENCES findings(id), PRIMARY KEY (recommendation_id, finding_id)) STRICT, WITHOUT ROWID;
CREATE INDEX log_of_recommendation ON recommendation_log (recommendation_id, id);
CREATE TABLE notices ({_IDENTITY}, kind TEXT NOT NULL UNIQUE CHECK (kind IN ('press-notice', 'exit-briefing')), text TEXT NOT NULL) STRICT;
CREATE INDEX reviews_with_reason ON given_reasons (reason, review_id);
CREATE INDEX reviews_with_stage_grade ON stage_grades (stage, grade, review_id)
"""

_DERIVED_FROM_JUDGEMENTS = """
CREATE TABLE results (case_id INTEGER PRIMARY KEY REFERENCES cases(id), position INTEGER NOT NULL, area TEXT NOT NULL, review_id INTEGER
  NOT NULL UNIQUE REFERENCES reviews(id), grade TEXT NOT NULL, own_grade TEXT) STRICT;
CREATE INDEX results_by_grade ON results (grade, position);
CREATE INDEX results_by_area ON results (area, grade, position);
CREATE INDEX results_by_own_grade ON results (own_grade, grade, position) WHERE own_grade IS NOT NULL
"""

FOURTH_SCHEMA = (_FORCE_AND_FINDINGS, _DERIVED_FROM_JUDGEMENTS)
"""Version 4: the force's own grades by stage, what a referral says of the child and of what the force did, findings that stand on no case,
their illustrations, answers to recommendations, notices, and what is told of several earlier inspections. `results` is derived: a line to each
case with a final judgement, so that the cases behind any figure are one indexed stretch.
"""
