"""``/noi-bo/gop-y/``: what readers say of pages, for those who write them."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api import feedback
from forms_api.staff import accounts
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/gop-y/"
TITLE = "Góp ý về trang"
ROLES = frozenset({"editor", "lead", "auditor"})
WRITERS = frozenset({"editor", "lead"})

pages.MENU.append(pages.Place(TITLE, URL, ROLES))


@blueprint.get("/gop-y/")
@guard.open_to(ROLES)
def remarks() -> Response:
    """Show what was said by page and version, what nobody has handled first.

    An address that names one version (``ve``, ``ban``) leads through all its remarks.
    """
    portal, done = desk().portal, request.args.get("xong", "")
    asked, about = request.args.get("trang", ""), request.args.get("ve", "")
    one = feedback.of_version(portal, about, request.args.get("ban", ""), asked) if about else None
    found = None if one else feedback.listed(portal, asked)
    variables = {
        "pages": found.pages if found else (one,),
        "sheet": found.at if found else None,
        "names": {one.id: one.display_name for one in accounts.everybody(portal)},
        "may_handle": guard.me().role in WRITERS,
        "done": int(done) if done.isascii() and done.isdigit() and len(done) < 7 else None,
    }
    return pages.page("remarks", TITLE, URL, variables)


@blueprint.post("/gop-y/xong/")
@guard.open_to(WRITERS)
def handle_remarks() -> Redirect:
    """Mark what the page showed of one version as handled; what came later stays."""
    here, last = desk(), request.form.get("last", "")
    number = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else 0
    marked = feedback.mark_handled(
        here.portal,
        request.form.get("page_url", ""),
        request.form.get("page_version", ""),
        number,
        guard.me().id,
        here.now(),
    )
    return redirect(f"{URL}?xong={marked}", 303)
