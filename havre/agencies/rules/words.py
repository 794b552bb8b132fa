"""Words for the bodies we work with."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What kind of body an agency is."""

    BORDER = "border"
    CHILD_WELFARE = "child-welfare"
    FOREIGN = "foreign"
    HOTLINE = "hotline"
    NATIONAL_CENTRE = "national-centre"
    OVERSIGHT = "oversight"
    POLICE = "police"
    PROSECUTION = "prosecution"
    TIPLINE = "tipline"
