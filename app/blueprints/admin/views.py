"""What all lists of the desk have in common: staff only, read only, calm about bad addresses.

The desk is the one place above the repositories that touches the session: Flask-Admin must
be given one, and only ever reads with it here.
"""

from typing import Any, NamedTuple

from flask import abort, request
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.helpers import get_redirect_target
from sqlalchemy import ColumnElement
from wtforms.form import Form

from app.blueprints.admin.access import StaffGate
from app.domain.limits import ID_MAX
from app.extensions import db

PAGE_MAX = 100_000  # keeps the offset within what databases count with
SEARCH_MAX_CHARS = 100
SEARCH_MAX_WORDS = 6
READ_ONLY_VIEWS = frozenset({"index_view", "details_view"})


class FilterField(NamedTuple):
    """One field of the filter form: its name in the address and the value it has now."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


class StaffModelView(StaffGate, ModelView):
    """A list and a page per row. The addresses that would write do not exist."""

    can_create = False
    can_edit = False
    can_delete = False
    can_export = False
    can_view_details = True
    can_set_page_size = False
    page_size = 50
    named_filter_urls = True
    list_template = "admin/model/list.html"
    details_template = "admin/model/details.html"
    search_hint = ""
    singular = ""
    details_title = "id"

    column_auto_select_related = False

    def __init__(self, model: type[Any], *, name: str, url: str) -> None:
        super().__init__(model, db, name=name, endpoint=f"admin_{url}", url=url)

    def create_blueprint(self, admin: Any) -> Any:
        self._urls: list[Any] = [entry for entry in self._urls if entry[1] in READ_ONLY_VIEWS]
        return super().create_blueprint(admin)

    def scaffold_form(self) -> Any:
        """No form is ever shown; building real ones would cost start-up time and warnings."""
        return Form

    def init_search(self) -> bool:
        return True

    def search_placeholder(self) -> str:
        return self.search_hint

    def matches(self, term: str) -> ColumnElement[bool]:
        """The rows that one word of a search finds."""
        raise NotImplementedError

    def leading(self, search: str) -> ColumnElement[Any] | None:
        """What puts exact hits before all others; none where nothing is exact."""
        return None

    def _apply_search(
        self, query: Any, count_query: Any, joins: Any, count_joins: Any, search: str
    ) -> tuple[Any, Any, Any, Any]:
        """Replaces Flask-Admin's, which lets wildcards through and joins once per column."""
        for term in search.split()[:SEARCH_MAX_WORDS]:
            query = query.filter(self.matches(term))
            count_query = count_query.filter(self.matches(term))
        first = self.leading(search)
        if first is not None:
            query = query.order_by(first)
        return query, count_query, joins, count_joins

    def _apply_sorting(self, query: Any, *how: Any) -> tuple[Any, Any]:
        """Ends with the id, so that pages neither repeat nor skip equal rows."""
        query, joins = super()._apply_sorting(query, *how)
        return query.order_by(self.model.id), joins

    def _get_list_extra_args(self) -> Any:
        args = super()._get_list_extra_args()
        args.page = min(max(args.page or 0, 0), PAGE_MAX)
        args.search = (args.search or "").replace("\x00", "").strip()[:SEARCH_MAX_CHARS] or None
        args.extra_args = {}  # strangers' words would become arguments of url_for
        column = self._get_column_by_idx(args.sort)
        if column is None or column[0] not in self._sortable_columns:
            args.sort = args.sort_desc = None
        return args

    def _get_list_url(self, view_args: Any) -> str:
        """The address of this list as it is narrowed, without what is as usual."""
        wanted = {
            "page": view_args.page or None,
            "sort": view_args.sort,
            "desc": 1 if view_args.sort_desc else None,
            "search": view_args.search,
        }
        return str(self.get_url(".index_view", **wanted, **self._get_filters(view_args.filters)))

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        """The usable filters of the address; an empty field of the form is no filter."""
        found = {}
        for index, flt, value in self._asked_filters():
            if flt.validate(value):
                found[index] = (index, flt.name, value)
        return list(found.values())

    def _asked_filters(self) -> list[tuple[int, Any, str]]:
        asked = []
        for name, value in request.args.items():
            key = name.partition("_")[2]
            if name.startswith("flt") and value and key in self._filter_args:
                asked.append((*self._filter_args[key], value))
        return asked

    def refused_filters(self) -> list[str]:
        """The names of filters whose value could not be used, for the list to say so."""
        return [_label(flt) for _, flt, value in self._asked_filters() if not flt.validate(value)]

    def filter_fields(self, active: list[tuple[int, str, str]]) -> list[FilterField]:
        values = {index: value for index, _, value in active}
        return [
            FilterField(
                f"flt_{self.get_filter_arg(index, flt)}",
                _label(flt),
                tuple(flt.options or ()),
                values.get(index, ""),
            )
            for index, flt in enumerate(self._filters)
        ]

    def get_one(self, id: str) -> Any:
        """The row with that id; 404 for anything that is not an id of one."""
        if not (id.isascii() and id.isdecimal()) or len(id) > len(str(ID_MAX)) or int(id) > ID_MAX:
            abort(404)
        row = self.get_query().filter(self.model.id == int(id)).one_or_none()
        if row is None:
            abort(404)
        return row

    def get_query(self) -> Any:
        return super().get_query().options(*self.loads())

    def loads(self) -> tuple[Any, ...]:
        """What is loaded with a row, since relationships refuse to load themselves."""
        return ()

    @expose("/details/")
    def details_view(self) -> str:
        row = self.get_one(request.args.get("id", ""))
        back = get_redirect_target() or ""
        here = self.get_url(".index_view")
        return str(
            self.render(
                self.details_template,
                model=row,
                title=getattr(row, self.details_title) or f"{self.singular} {row.id}",
                details_columns=self._details_columns,
                get_value=self.get_detail_value,
                return_url=back if back.startswith(here) else here,
            )
        )


def _label(flt: Any) -> str:
    return str(flt.name) if flt.options else f"{flt.name} {flt.operation()}"
