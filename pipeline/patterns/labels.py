"""What categories, clusters and attachments are called in tables and figures."""

from pipeline.model.cases import Cluster
from pipeline.model.codes import Label
from pipeline.model.progression import Attachment, Change, ProgressionCategory, Rating

CATEGORY_LABELS: dict[ProgressionCategory, Label] = {
    ProgressionCategory.PROGRESSION: Label("Progression", "Progression"),
    ProgressionCategory.PARTIAL: Label("Delvis progression", "Partial progression"),
    ProgressionCategory.NONE: Label("Ingen progression", "No progression"),
    ProgressionCategory.REGRESSION: Label("Regression", "Regression"),
}
"""The four categories in the order of table 4.2, best first."""

CLUSTER_LABELS: dict[Cluster, Label] = {
    Cluster.YOUTH: Label("Ungeklyngen", "Youth"),
    Cluster.ADULT: Label("Voksenklyngen", "Adults"),
    Cluster.FAMILY: Label("Familieklyngen", "Families"),
}
"""The clusters in the order of table 4.2."""

ATTACHMENT_LABELS: dict[Attachment, Label] = {
    Attachment.EMPLOYMENT: Label("Beskæftigelse, ordinære vilkår", "Employment, ordinary terms"),
    Attachment.EMPLOYMENT_SPECIAL: Label(
        "Beskæftigelse, særlige vilkår, herunder fleksjob", "Employment, special terms"
    ),
    Attachment.EDUCATION: Label("Uddannelse, ordinære vilkår", "Education, ordinary terms"),
    Attachment.EDUCATION_SPECIAL: Label("Uddannelse, særlige vilkår", "Education, special terms"),
}
"""The kinds of attachment in the order of table 4.3."""

RATING_LABELS: dict[Rating, Label] = {
    Rating.HIGH: Label("Høj", "High"),
    Rating.MEDIUM: Label("Middel", "Medium"),
    Rating.LOW: Label("Lav", "Low"),
}

CHANGE_LABELS: dict[Change, Label] = {
    Change.IMPROVED: Label("Forbedret", "Improved"),
    Change.UNCHANGED: Label("Uændret", "Unchanged"),
    Change.WORSENED: Label("Forværret", "Worsened"),
    Change.NOT_DESCRIBED: Label("Ikke beskrevet", "Not described"),
}

UNKNOWN = Label("Ikke belyst", "Not enough said")
TOTAL = Label("I alt", "Total")
NO_CLUSTER = Label("Uden klynge", "No cluster")
