"""The variables of the pages that the form server fills; read with ``tests.theme.contract``.

An entry of a template that others include or extend holds for them, too.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WAIT: Final = "whether letters lie in the outbox because there is no mail server"

_FORM: Final[dict[str, str]] = {
    "kind": "what is filed (forms_api.kinds.kind.Kind): url, send_words, kept_months",
    "sections": "sections with id, title, hint and fields, or the answers to check",
    "values": "what was typed, by field name",
    "key": "the idempotency key of this form",
    "suggestions": "published answers near to what was typed: title, url",
    "letters_wait": _WAIT,
    "problem": "why nothing was recorded (title, text, status), or none",
    "channels": "other channels that are open, in words",
}

_FAULTS: Final[dict[str, str]] = {
    "faults": "the first fault of each field, by field name",
    "errors": "all faults: field, message",
}

_SENT: Final[dict[str, str]] = {
    "sent": "what came with the post of an action: slug, target, text, files, key, name"
}

_ACTIONS: Final[dict[str, str]] = {
    "case": "the case as its customer sees it (forms_api.customer.page.CustomerCase)",
    "reference": "its reference",
    "code": "its code, for the next post",
    "key": "the key of this page: what is sent from it twice is done once",
    "longest": "the most characters that a text of the customer may have",
    "file_limits": "which files may be sent, how many and how large, in words",
    **_SENT,
    **_FAULTS,
}

_CASE: Final[dict[str, str]] = {
    **_ACTIONS,
    "done": "what was just recorded, in words, or an empty string",
    "problem": "why an action was not recorded (title, text, status), or none",
    "moved": "whether the post came from a page that was out of date",
    "news": "what happened since that page was made, in words",
    "lost": "a text that was sent for something that is no longer possible, or an empty string",
    "relatives": "cases that it went on in: reference, part (or the whole), said, code",
    "now": "this moment",
    "payout_typed": "what was typed about where money should go, by the name of its field",
    "payout_faults": "the faults of that, by the name of the field",
    "payout_open": "whether that form was just sent and comes back",
    "payout_key": "the key of that form",
    "under_way": "whether money is on its way into the place that is known",
}

_CASE_PART: Final[dict[str, str]] = {
    **_CASE,
    "ctx": "what every action's form takes: token, case, code, key, sent, faults, limits",
}

_RELATIVES: Final = "cases that it went on in: reference, part (or the whole), said, code"

FORMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "search_results": {
            "query": "what was asked, as typed",
            "kind": "the kind of document asked for, or an empty string",
            "names": "what each kind of document is called",
            "facets": "kind, name, count, url",
            "results": "title, url, kind, snippet (Markup)",
            "sure": "whether the first result may be shown as the answer",
            "meant": "query, url: what was asked without its slips, or none",
            "total": "how many documents were found",
            "next_url": "the next results, or none",
        },
        "forms/form": {**_FORM, **_FAULTS},
        "forms/feedback": {
            "questions": "the questions, in order",
            "values": "what was typed, by field name",
            "key": "the idempotency key of this form",
            "problem": "why nothing was recorded (title, text, status), or none",
            "channels": "other channels that are open, in words",
            **_FAULTS,
        },
        "forms/feedback_done": {"said": "what was recorded (forms_api.feedback.Feedback)"},
        "forms/check": _FORM,
        "forms/confirmation": {
            "receipt": "the receipt, its code included",
            "errors": "faults of the address to mail to",
            "fault": "the first of them, or an empty string",
            "address": "the address to mail to, as typed",
            "mailed_to": "where the receipt is being mailed, or none",
            "key": "the key of the form that mails it: sent twice, it writes one letter",
            "letters_wait": _WAIT,
        },
        "forms/follow": {
            "reference": "the reference, as typed",
            "code": "the code, as typed",
            "errors": "all faults: field, message",
            "problem": "why the case cannot be shown now, or none",
            "channels": "other channels that are open, in words",
            **_SENT,
        },
        "forms/case": {**_CASE, "relatives": _RELATIVES},
        "forms/case_family": {**_CASE_PART, "relatives": _RELATIVES},
        "forms/case_now": _CASE_PART,
        "forms/case_promise": {**_CASE_PART, "one": "a promise of the case"},
        "forms/case_money": _CASE_PART,
        "forms/case_payout": _CASE_PART,
        "forms/case_documents": _CASE_PART,
        "forms/case_messages": _CASE_PART,
        "forms/case_more": _CASE_PART,
        "forms/case_moved": _CASE_PART,
        "forms/case_withdraw": _ACTIONS,
        "forms/problem": {
            "problem": "what went wrong: title, text, status",
            "not_recorded": "whether something was to be recorded",
            "typed": "what was typed and may be sent again, by field name",
            "address": "where it is sent again",
            "channels": "other channels that are open, in words",
        },
    }
)

_KEPT: Final[dict[str, str]] = {
    "kept": "what was typed and not recorded, sealed for its author, or an empty string",
    "notice": "why somebody has to log in while a text is kept, or an empty string",
}

_DESK_CASE: Final = "the case as the desk sees it (forms_api.desk.case_page.DeskCase)"

STAFF: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "staff/base": {
            "me": "who is logged in, or none",
            "my_department": "the name of that person's department, or an empty string",
            "menu": "the places that person's role may go to: title, url",
            "now": "this moment",
            "wrong": "what is wrong with the program, for who can act on it (condition.Fact)",
            "letters_wait": _WAIT,
            "taken": "the beginning of the key of a form that has just been taken, or empty",
        },
        "staff/login": {
            "login": "the login, as typed",
            "texts": "what was typed and not recorded, to be read while logging in",
            "fault": "why it failed, or an empty string",
            "action": "where the form is sent",
            **_KEPT,
        },
        "staff/code": {
            "fault": "why it failed, or an empty string",
            "action": "where the form is sent",
            **_KEPT,
        },
        "staff/resend": {
            "problem": "what went wrong: title, text, status",
            "fields": "what was sent, to be sent again: text by name",
            "files": "whether files have to be chosen again",
        },
        "staff/forbidden": {"texts": "what was typed and not recorded, for its author to copy"},
        "staff/operation": {
            "facts": "every fact of the program's condition (forms_api.condition.Fact)",
            "letters": "rows of the letters that were given up",
            "letter_words": "what each kind of letter is, in words",
            "of_letters": "which page of the letters this is (forms_api.paging.Sheet)",
            "of_unreached": "which page of the cases this is",
            "unreached": "rows of the cases whose customer a letter did not reach",
            "may_mend": "whether this person may send a letter again or let it rest",
            "done": "what was just done, in words, or an empty string",
        },
        "staff/promises": {
            "reading": "what this person has read (forms_api.acknowledgements.Reading)",
            "unread": "each unread promise: promise, targets and owed as (who, words) pairs",
            "questions": "(field, question, answer or none) triples about the unread promises",
            "attempt": "which try this is",
            "errors": "all faults: field, message",
            "faults": "messages by field",
            "shares": "what each department has read, for leads and auditors: department, read, "
            "staff, percent",
            "done": "whether this person has just read everything",
        },
        "staff/trail": {
            "typed": "what was looked for: phieu, nguoi, ngay",
            "errors": "all faults: field, message",
            "people": "every account of the desk",
            "entries": "a page of the trail (forms_api.audit.Entry)",
            "sheet": "which page of how many lines this is (forms_api.paging.Sheet)",
            "address": "the address of what was looked for, to which the number of a page is added",
        },
        "staff/money": {
            "debts": "a page of what is owed, by its day (forms_api.payments.debts.Debts)",
            "files": "the latest payment files, with how many lines still wait",
            "statements": "the statements that came last",
            "unclear": "lines of statements that a person has to look at",
            "returned": "lines that brought money back",
            "outcomes": "what became of a line in words, by its code",
            "layouts": "(id, title) of the layouts of statements that the company has",
            "names": "names of the staff by id",
            "may_pay": "whether this person is the accountant",
            "imported": "what became of the statement that was just sent, or none",
            "errors": "all faults: field, message",
            "most": "bytes that a statement may have",
            "done": "what was just done, in words, or an empty string",
        },
        "staff/payment_file": {
            "file": "the file, masked or whole (forms_api.payments.debts.PaymentFile)",
            "names": "names of the staff by id",
            "may_pay": "whether this person is the accountant, who sees whole numbers",
            "may_approve": "whether this person is somebody else than who made it",
            "errors": "all faults: field, message",
            "done": "what was just done, in words, or an empty string",
        },
        "staff/own_reports": {
            "waiting": "misses that wait for a second person: key, paper, promise, due_at, vnd",
            "keys": "the keys of these, as the form sends them back",
            "total_vnd": "what they cost together, in đồng",
            "numbers": "the number of the paper, by the key of the miss",
            "papers": "what a table of the books is called",
            "untold": "cases whose customer nobody could tell, and the number of their paper",
            "ways": "how somebody tells by hand: code, words",
            "may_release": "whether this person may let the misses go out",
            "may_tell": "whether this person may note who was told",
            "done": "what was just noted, in words",
        },
        "staff/own_report_letter": {
            "reference": "the reference of the case",
            "addressee": "the customer's name",
            "text": "the letter to print, without the secret code",
        },
        "staff/queue": {
            "listed": "a page of cases (forms_api.desk.queue.Listed)",
            "address": "the address of the queue, to which the number of a page is added",
            "shelves": "how many cases each department holds, and how many of them are late",
            "kinds": "(word, title) pairs of the kinds of queue",
            "chosen": "the word of the kind that is shown",
            "department": "the id of the department that is shown; empty for all",
            "heading": "the heading of the queue",
            "unread": "how many promises in force this person has not read",
            "attacked": "accounts that somebody guesses at, for leads: login, failures, sources",
        },
        "staff/case": {
            "case": _DESK_CASE,
            "groups": "(title, actions) pairs of what this person may do now",
            "letter_words": "what a letter was to bring, by its kind",
            "failure_words": "why a letter failed, by the code of the failure",
            "done": "what was just recorded, in words, or an empty string",
        },
        "staff/action": {
            **_FAULTS,
            "action": "what is to be done: slug, title, danger",
            "case": _DESK_CASE,
            "fields": "the questions of its form",
            "values": "what was typed, by field name",
            "told": "what the note above its form has to know besides the case, if anything",
            "asked": "the amounts to be confirmed (label, digits, words) and the answer, or none",
            "seen": "the number of events that the person has seen",
            "key": "the key of this form: what is sent with it twice is done once",
            "fresh": "whether nothing was typed into it yet",
        },
        "staff/entry": {"kinds": "the kinds of case that can be entered: slug, title"},
        "staff/entry_form": {
            **_FAULTS,
            "kind": "the kind of case that is entered",
            "sections": "sections with id, title and fields",
            "key": "the idempotency key of this form",
            "fresh": "whether nothing was typed into it yet",
            "values": "what was typed, by field name",
        },
        "staff/receipt": {"receipt": "the receipt of the entered case, its code included"},
        "staff/search": {
            "question": "what was asked, as typed",
            "listed": "a page of the cases that were found, or none before anything was asked",
            "errors": "why nothing could be looked up: field, message",
        },
        "staff/gaps": {
            "gaps": "searches without an answer: words, count, first_on, last_on, answer (or none)",
            "sheet": "which page of them this is (forms_api.paging.Sheet)",
        },
        "staff/remarks": {
            "pages": "what was said of pages (forms_api.feedback.PageFeedback)",
            "sheet": "which page of them this is, or none where one version is shown",
            "names": "names of staff, by id",
            "may_handle": "whether this person may mark it as handled",
            "done": "how many remarks were just marked, or none",
        },
        "staff/export": {"columns": "the headings of the columns that every file has"},
        "staff/chain": {
            "links": "links between departments: link (giver, taker, count, dated, late), and its "
            "times in words: average, altogether, late",
            "takers": "what each department did with others' work: name, count, late, minutes, "
            "late_minutes, and both in words: altogether, after_limits",
            "departments": "all departments, with their limits",
        },
        "staff/weak_points": {
            "found": "the figures of a month (forms_api.desk.weak_points.WeakPoints)",
            "figures": "each figure's word in addresses and its title, by name",
            "dimensions": "each dimension's word in addresses, its title and heading, by name",
            "in_vnd": "the names of the figures that are money",
            "month": "the month, 2026-11",
            "later": "the month after, or empty where that is still to come",
            "unfinished": "whether the month goes on",
        },
        "staff/mystery": {
            "turns": "the turns of a month in order (forms_api.mystery.Played)",
            "figures": "kept and done by task (forms_api.mystery.Kept)",
            "before": "the same of the month before, by task",
            "month": "the month, 2026-11",
            "earlier": "the month before",
            "later": "the month after, or empty where that is still to come",
            "done": "whether a turn was just recorded",
        },
        "staff/mystery_turn": {
            "values": "what was typed, by field name",
            "faults": "the message of each faulty field, by name",
            "errors": "every fault: field (or none), message",
            "key": "what makes sending twice the same as sending once",
            "fresh": "whether nothing was typed yet",
            "played": "the turn, and its record or none (forms_api.mystery.Played)",
            "month": "the month, 2026-11",
            "fields": "the questions about what was met",
        },
        "staff/weak_cases": {
            "listed": "a page of the cases behind a figure",
            "query": "what the address of the list says",
            "month": "the month, 2026-11",
        },
    }
)
