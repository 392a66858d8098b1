"""National meetings as files: a meeting a row, and a decision a row with what became of it."""

from impact.exports.columns import Column, Kind

MEETINGS = (
    Column("numero", Kind.WHOLE),
    Column("theme", Kind.TEXT),
    Column("chantiers", Kind.CODE),
    Column("prevue_le", Kind.DATE),
    Column("etat", Kind.CODE),
    Column("prevision", Kind.DATE),
    Column("lieu", Kind.TEXT),
    Column("regions", Kind.CODE),
    Column("documents", Kind.WHOLE),
    Column("enseignements", Kind.WHOLE),
    Column("decisions", Kind.WHOLE),
)
DECISIONS = (
    Column("rencontre", Kind.WHOLE),
    Column("numero", Kind.WHOLE),
    Column("nature", Kind.CODE),
    Column("decision", Kind.TEXT),
    Column("motif", Kind.TEXT),
    Column("prise_le", Kind.DATE),
    Column("responsable", Kind.TEXT),
    Column("code_region_responsable", Kind.CODE),
    Column("echeance", Kind.DATE),
    Column("etat", Kind.CODE),
    Column("suite", Kind.TEXT),
    Column("reussie", Kind.FLAG),
    Column("code_region_source", Kind.CODE),
    Column("numero_source", Kind.WHOLE),
    Column("code_region_accueil", Kind.CODE),
    Column("numero_accueil", Kind.WHOLE),
    Column("adaptation", Kind.TEXT),
    Column("accord_le", Kind.DATE),
    Column("code_indicateur", Kind.CODE),
    Column("arrete", Kind.WHOLE),
)
