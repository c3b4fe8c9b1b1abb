"""Ask a company about itself on the terminal; what comes out is the text of an answers file."""

from tooling.adoption.answers import flow

_LINES = (
    ("name", "Tên công ty"),
    ("short_name", "Tên ngắn, như khách vẫn gọi"),
    ("tax_code", "Mã số thuế"),
    ("address", "Địa chỉ trụ sở"),
    ("representative", "Người đại diện theo pháp luật"),
    ("email", "Email nhận khiếu nại"),
    ("hotline", "Điện thoại cho khách gọi"),
    ("website", "Tên miền của trang này, ví dụ camket.congty.vn"),
)
_REGISTRATION = (
    ("number", "Số giấy chứng nhận đăng ký doanh nghiệp"),
    ("issued_on", "Ngày cấp, ví dụ 2019-05-06"),
    ("issued_by", "Nơi cấp"),
)
_DEPARTMENT = (
    (
        "id",
        "Phòng: mã a-z, ví dụ phuc-vu; phòng đầu nhận khiếu nại, phòng cuối là lãnh đạo",
    ),
    ("name", "  tên phòng"),
    ("role", "  vai trò chịu trách nhiệm, ví dụ Trưởng phòng Chăm sóc khách hàng"),
    ("email", "  email"),
)
_SEGMENT = (
    ("id", "Loại khách: mã a-z và gạch nối, ví dụ ca-nhan; loại đầu là loại thường gặp"),
    ("name", "  tên, ví dụ Khách cá nhân"),
)
_FAMILY = (
    ("id", "Loại hàng bán: mã a-z và gạch nối, ví dụ quat; chỉ làm dịch vụ thì bỏ trống"),
    ("name", "  tên, ví dụ Quạt"),
)
_WEEK = {"5": "mon, tue, wed, thu, fri", "6": "mon, tue, wed, thu, fri, sat"}

Questions = tuple[tuple[str, str], ...]


def ask() -> str:
    """Ask everything, one question a line; returns the answers as YAML."""
    said = [f"{name}: {flow(_answer(question))}" for name, question in _LINES]
    said.append(f"registration: {flow(_all(_REGISTRATION))}")
    fictional = _answer("Công ty hư cấu, chỉ để thử? (c/k)", "k").lower().startswith("c")
    said.append(f"fictional: {str(fictional).lower()}")
    week = _answer("Làm việc 5 ngày (thứ Hai đến thứ Sáu) hay 6 ngày một tuần", "5")
    times = _answer("Giờ làm việc", "08:00-12:00, 13:00-17:00")
    intervals = [_interval(one) for one in times.split(",")]
    said.append(f"hours: {{weekdays: [{_WEEK.get(week, week)}], intervals: {flow(intervals)}}}")
    said += _rows("departments", _DEPARTMENT, at_least=1)
    said += _rows("segments", _SEGMENT, at_least=1)
    said += _rows("families", _FAMILY, at_least=0)
    return "\n".join(said) + "\n"


def _answer(question: str, usual: str | None = None) -> str:
    """Ask until there is an answer; without one the usual answer counts, where there is any."""
    while True:
        answer = input(f"{question}{f' [{usual}]' if usual else ''}: ").strip()
        if answer or usual is not None:
            return answer or str(usual)


def _all(questions: Questions) -> dict[str, str]:
    return {name: _answer(question) for name, question in questions}


def _rows(name: str, questions: Questions, *, at_least: int) -> list[str]:
    """Ask for rows of a list until the first question of one stays without an answer."""
    rows: list[str] = []
    (first, question), *rest = questions
    while True:
        enough = len(rows) >= at_least
        head = _answer(f"{question}{' (Enter: hết)' if enough else ''}", "" if enough else None)
        if not head:
            return [f"{name}:", *rows] if rows else []
        usual = {"usual": "true"} if name == "segments" and not rows else {}
        rows.append(f"  - {flow({first: head, **_all(tuple(rest)), **usual})}")


def _interval(text: str) -> dict[str, str]:
    opens, _, closes = text.partition("-")
    return {"opens": opens.strip(), "closes": closes.strip()}
