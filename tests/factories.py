"""People and agencies for every test; the contexts add their own factories beside their tests."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from surveys.models import Agency, DepartmentRole, Membership, User
from surveys.organisations import rules
from surveys.organisations.enums import AgencyType, DepartmentRoleName, MembershipRole
from surveys.organisations.search import search_key, sort_key

PASSWORD = "mat-khau-cho-kiem-thu"  # noqa: S105  (for tests)


M = TypeVar("M", bound=Model)


class ModelFactory(DjangoModelFactory[M]):
    """A factory whose call is typed as what it makes."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> M: ...  # type: ignore[misc]  # the metaclass makes it


class UserFactory(ModelFactory[User]):
    """A person who can sign in with ``PASSWORD``."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"can-bo-{n}@example.gov.vn")
    full_name = "Nguyễn Văn An"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("password", PASSWORD)
        return model_class.objects.create_user(*args, **kwargs)


class AgencyFactory(ModelFactory[Agency]):
    """A province, with its keys and its path."""

    class Meta:
        model = Agency

    key: Any = Sequence(lambda n: f"co-quan-{n}")
    name: Any = Sequence(lambda n: f"Cơ quan {n}")
    type = AgencyType.PROVINCE
    parent = None
    official_order = Sequence(lambda n: n)
    search_key = LazyAttribute(lambda agency: search_key(agency.name))
    sort_key = LazyAttribute(lambda agency: sort_key(agency.name))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        agency = model_class.objects.create(*args, **kwargs)
        above = agency.parent.path if agency.parent else ""
        agency.path = f"{above}{agency.pk:08}/"
        agency.save(update_fields=["path"])
        return agency


class DepartmentFactory(AgencyFactory):
    """The national department; there is one."""

    key = rules.DEPARTMENT_KEY
    name = "Cục Chuyển đổi số quốc gia"
    type = AgencyType.DEPARTMENT

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        existing = model_class.objects.filter(key=kwargs["key"]).first()
        return existing or super()._create(model_class, *args, **kwargs)


class MembershipFactory(ModelFactory[Membership]):
    """A coordinator of an agency."""

    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    agency = SubFactory(AgencyFactory)
    role = MembershipRole.COORDINATOR

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        membership = model_class.objects.create(*args, **kwargs)
        rules.forget(membership.user)
        return membership


class DepartmentRoleFactory(ModelFactory[DepartmentRole]):
    """A designer of the national department."""

    class Meta:
        model = DepartmentRole

    user = SubFactory(UserFactory)
    owner = SubFactory(DepartmentFactory)
    role = DepartmentRoleName.DESIGNER

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        granted = model_class.objects.create(*args, **kwargs)
        rules.forget(granted.user)
        return granted


def member(agency: Agency, *roles: str) -> User:
    """A new person with the memberships of the agency."""
    user = UserFactory()
    for role in roles or (MembershipRole.COORDINATOR,):
        MembershipFactory(user=user, agency=agency, role=role)
    return user


def department_person(*roles: str, owner: Agency | None = None) -> User:
    """A new person with the roles within the owner, the national department unless given."""
    user = UserFactory()
    for role in roles or (DepartmentRoleName.DESIGNER,):
        DepartmentRoleFactory(user=user, owner=owner or DepartmentFactory(), role=role)
    return user
