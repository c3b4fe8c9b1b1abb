"""``/noi-bo/cau-hoi-thieu/``: what people searched for in vain, for those who write the answers."""

from flask import Response, request

from forms_api.gaps import page_of_gaps
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/cau-hoi-thieu/"
TITLE = "Câu hỏi chưa có lời đáp"
ROLES = frozenset({"editor", "lead", "auditor"})

pages.MENU.append(pages.Place("Câu hỏi thiếu", URL, ROLES))


@blueprint.get("/cau-hoi-thieu/")
@guard.open_to(ROLES)
def missing_questions() -> Response:
    """Show the words with their counts, and which of them the published answers answer by now."""
    here = desk()
    found, at = page_of_gaps(here.portal, here.finder.answer, request.args.get("trang", ""))
    return pages.page("gaps", TITLE, URL, {"gaps": found, "sheet": at})
