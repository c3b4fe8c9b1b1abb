"""Who in the leadership signed what the company publishes."""

from typing import Any

from pydantic import model_validator

from service_policy.values import Model, Text


class Approver(Model):
    """Who signed: a role, and a name where the company publishes it.

    A plain text in the content is the role: ``approved_by: Giám đốc kinh doanh``.
    """

    role: Text
    name: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _role_alone(cls, value: Any) -> Any:
        return {"role": value} if isinstance(value, str) else value

    def __str__(self) -> str:
        """Say who signed, the name first: ``Nguyễn Văn Mẫu, Tổng giám đốc``."""
        return f"{self.name}, {self.role}" if self.name else self.role
