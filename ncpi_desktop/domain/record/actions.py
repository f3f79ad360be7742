"""The acts that the history knows, and how undo and the history page name them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ncpi_desktop.words import _


class Action(StrEnum):
    """What a person did; stored in the history, so the codes stay."""

    CREATE = "create"
    ADD_CASES = "add-cases"
    ADD_REVIEWS = "add-reviews"
    ADD_FOLLOW_UP = "add-follow-up"
    SET_PREVIOUS = "set-previous-results"
    WITHDRAW_PREVIOUS = "withdraw-previous-results"
    SET_INSPECTION = "set-inspection"
    NAME_PERSON = "name-person"
    ADD_PERSON = "add-person"
    RENAME_PERSON = "rename-person"
    SET_ROLES = "set-roles"
    SET_ACTIVE = "set-active"
    ALLOCATE = "allocate"
    GRADE = "grade"
    GRADE_STAGE = "grade-stage"
    GIVE_REASON = "give-reason"
    WITHDRAW_REASON = "withdraw-reason"
    CITE = "cite"
    WITHDRAW_CITATION = "withdraw-citation"
    WRITE_RATIONALE = "write-rationale"
    WRITE_NOTES = "write-notes"
    MARK_NOT_SURE = "mark-not-sure"
    PARK = "park"
    RESTORE = "restore"
    SUBMIT = "submit"
    REOPEN = "reopen"
    DRAW_SAMPLE = "draw-sample"
    DECLARE_INTEREST = "declare-interest"
    WITHDRAW_INTEREST = "withdraw-interest"
    SEE = "see"
    SETTLE_PART = "settle-part"
    AGREE_PART = "agree-part"
    PASS_TO_LEAD = "pass-to-lead"  # noqa: S105 - a code, no secret
    SETTLE = "settle"
    SEND_BACK = "send-back"
    COMMENT = "comment"
    SET_COMMENT = "set-comment"
    DELETE_COMMENT = "delete-comment"
    ADD_PRACTICE = "add-practice"
    DRAFT_NOTICE = "draft-notice"
    WRITE_NOTICE = "write-notice"
    RAISE_REFERRAL = "raise-referral"
    ACKNOWLEDGE_REFERRAL = "acknowledge-referral"
    CLOSE_REFERRAL = "close-referral"
    FINISH = "finish"
    RESUME = "resume"
    EXPORT_DESPITE = "export-despite-referrals"
    ADD_RECOMMENDATION = "add-recommendation"
    WRITE_RECOMMENDATION = "write-recommendation"
    SET_RECOMMENDATION = "set-recommendation"
    MOVE_RECOMMENDATION = "move-recommendation"
    REMOVE_RECOMMENDATION = "remove-recommendation"
    BRING_RECOMMENDATIONS = "bring-recommendations"
    LOG_STATUS = "log-status"
    ASK_COMPLETION = "ask-completion"
    AUTHORISE_COMPLETION = "authorise-completion"
    SET_PUBLISHED = "set-published"
    ADD_FINDING = "add-finding"
    RETITLE_FINDING = "retitle-finding"
    PLACE_FINDING = "place-finding"
    MOVE_FINDING = "move-finding"
    WRITE_FINDING = "write-finding"
    LINK_FINDING = "link-finding"
    ILLUSTRATE_FINDING = "illustrate-finding"
    WRITE_ILLUSTRATION = "write-illustration"
    CLEAR_IDENTIFIERS = "clear-identifiers"
    REMOVE_FINDING = "remove-finding"
    SET_PASSPHRASE = "set-passphrase"  # noqa: S105 - a code, no secret
    CHANGE_PASSPHRASE = "change-passphrase"  # noqa: S105 - a code, no secret
    REMOVE_PASSPHRASE = "remove-passphrase"  # noqa: S105 - a code, no secret
    REDACT = "redact"
    TELL_THE_REST = "tell-the-rest"
    UNDO = "undo"
    REDO = "redo"
    RESCUE = "rescue"

    @property
    def is_undoable(self) -> bool:
        """Whether `Ctrl+Z` takes it back; a submission is reopened with a reason instead."""
        return self in _UNDOABLE


CLOSED: Final = "closed"
"""Stands in the place of an act on a first reading that whoever looks may not see yet; never kept in a file."""

_UNDOABLE = frozenset(
    {
        Action.GRADE,
        Action.GRADE_STAGE,
        Action.GIVE_REASON,
        Action.WITHDRAW_REASON,
        Action.CITE,
        Action.WITHDRAW_CITATION,
        Action.WRITE_RATIONALE,
        Action.WRITE_NOTES,
        Action.MARK_NOT_SURE,
        Action.PARK,
        Action.DRAFT_NOTICE,
        Action.WRITE_NOTICE,
        Action.RESTORE,
        Action.ADD_FINDING,
        Action.RETITLE_FINDING,
        Action.PLACE_FINDING,
        Action.MOVE_FINDING,
        Action.WRITE_FINDING,
        Action.LINK_FINDING,
        Action.ILLUSTRATE_FINDING,
        Action.WRITE_ILLUSTRATION,
        Action.CLEAR_IDENTIFIERS,
        Action.REMOVE_FINDING,
        Action.ADD_RECOMMENDATION,
        Action.WRITE_RECOMMENDATION,
        Action.SET_RECOMMENDATION,
    }
)


def words_for(action: str, detail: str = "") -> str:
    """Return the act in words, with its detail, such as *overall grade: Good*; an unknown code is returned as it is."""
    if action == CLOSED:
        return _("closed to you until the second reading is handed in")
    words = {
        Action.CREATE: _("audit file created"),
        Action.ADD_CASES: _("cases brought in"),
        Action.ADD_REVIEWS: _("finished reviews brought in"),
        Action.ADD_FOLLOW_UP: _("sample, referrals and recommendations brought in"),
        Action.SET_PREVIOUS: _("previous results recorded"),
        Action.WITHDRAW_PREVIOUS: _("earlier inspection taken out of the comparison"),
        Action.SET_INSPECTION: _("inspection described"),
        Action.NAME_PERSON: _("person named"),
        Action.ADD_PERSON: _("person added"),
        Action.RENAME_PERSON: _("person renamed"),
        Action.SET_ROLES: _("roles changed"),
        Action.SET_ACTIVE: _("team changed"),
        Action.ALLOCATE: _("case allocated"),
        Action.GRADE: _("overall grade"),
        Action.GRADE_STAGE: _("stage grade"),
        Action.GIVE_REASON: _("reason given"),
        Action.WITHDRAW_REASON: _("reason withdrawn"),
        Action.CITE: _("passage cited"),
        Action.WITHDRAW_CITATION: _("citation withdrawn"),
        Action.WRITE_RATIONALE: _("typing in the rationale"),
        Action.WRITE_NOTES: _("typing in the notes"),
        Action.MARK_NOT_SURE: _("not sure mark"),
        Action.PARK: _("parking"),
        Action.RESTORE: _("earlier value brought back"),
        Action.SUBMIT: _("review submitted"),
        Action.REOPEN: _("review reopened"),
        Action.DRAW_SAMPLE: _("quality sample drawn"),
        Action.DECLARE_INTEREST: _("interest declared"),
        Action.WITHDRAW_INTEREST: _("interest withdrawn"),
        Action.SEE: _("first reading seen"),
        Action.SETTLE_PART: _("difference decided"),
        Action.AGREE_PART: _("decision agreed to"),
        Action.PASS_TO_LEAD: _("difference passed to the team lead"),
        Action.SETTLE: _("case settled"),
        Action.SEND_BACK: _("review sent back"),
        Action.COMMENT: _("comment written"),
        Action.SET_COMMENT: _("comment marked"),
        Action.DELETE_COMMENT: _("comment taken away"),
        Action.ADD_PRACTICE: _("practice cases brought in"),
        Action.DRAFT_NOTICE: _("drafted anew from the findings"),
        Action.WRITE_NOTICE: _("typing in a notice"),
        Action.RAISE_REFERRAL: _("referred to the force"),
        Action.ACKNOWLEDGE_REFERRAL: _("referral acknowledged"),
        Action.CLOSE_REFERRAL: _("referral closed"),
        Action.FINISH: _("inspection finished"),
        Action.RESUME: _("inspection taken up again"),
        Action.EXPORT_DESPITE: _("final report let through despite open referrals"),
        Action.ADD_RECOMMENDATION: _("recommendation added"),
        Action.WRITE_RECOMMENDATION: _("typing in a recommendation"),
        Action.SET_RECOMMENDATION: _("recommendation changed"),
        Action.MOVE_RECOMMENDATION: _("recommendation moved"),
        Action.REMOVE_RECOMMENDATION: _("recommendation removed"),
        Action.BRING_RECOMMENDATIONS: _("recommendations brought in"),
        Action.LOG_STATUS: _("status of a recommendation logged"),
        Action.ASK_COMPLETION: _("completion of a recommendation asked for"),
        Action.AUTHORISE_COMPLETION: _("completion of a recommendation authorised"),
        Action.SET_PUBLISHED: _("day of publication set"),
        Action.ADD_FINDING: _("finding begun"),
        Action.RETITLE_FINDING: _("title of a finding"),
        Action.PLACE_FINDING: _("kind or stage of a finding"),
        Action.MOVE_FINDING: _("finding moved"),
        Action.WRITE_FINDING: _("typing in a finding"),
        Action.LINK_FINDING: _("what a finding rests on"),
        Action.ILLUSTRATE_FINDING: _("illustration of a finding"),
        Action.WRITE_ILLUSTRATION: _("typing in an illustration"),
        Action.CLEAR_IDENTIFIERS: _("words of an illustration cleared"),
        Action.REMOVE_FINDING: _("finding taken away"),
        Action.SET_PASSPHRASE: _("passphrase set"),
        Action.CHANGE_PASSPHRASE: _("passphrase changed"),
        Action.REMOVE_PASSPHRASE: _("passphrase removed"),
        Action.REDACT: _("words taken out"),
        Action.TELL_THE_REST: _("file brought up to this version of the program"),
        Action.UNDO: _("undo"),
        Action.REDO: _("redo"),
        Action.RESCUE: _("rescued from a damaged file"),
    }.get(Action(action) if action in set(Action) else Action.CREATE, action)
    words = words if action in set(Action) else action
    return _("{action}: {detail}").format(action=words, detail=detail) if detail else words
