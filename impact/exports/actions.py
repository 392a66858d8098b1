"""Regional actions as files: a plan a row, its money by funder and status, and the dates that count."""

from impact.exports.columns import Column, Kind

PLANS = (
    Column("code_region", Kind.CODE),
    Column("numero", Kind.WHOLE),
    Column("code_chantier", Kind.CODE),
    Column("titre", Kind.TEXT),
    Column("besoin", Kind.TEXT),
    Column("responsable", Kind.TEXT),
    Column("equipe", Kind.TEXT),
    Column("contact", Kind.TEXT),
    Column("etape", Kind.CODE),
    Column("statut", Kind.CODE),
    Column("version", Kind.WHOLE),
    Column("version_validee", Kind.WHOLE),
    Column("sections_completes", Kind.WHOLE),
    Column("debut", Kind.DATE),
    Column("fin", Kind.DATE),
    Column("budget", Kind.EXACT),
    Column("soumis_le", Kind.MOMENT),
    Column("valide_le", Kind.MOMENT),
    Column("retire_le", Kind.MOMENT),
    Column("motif_retrait", Kind.TEXT),
)
FUNDING = (
    Column("code_region", Kind.CODE),
    Column("numero", Kind.WHOLE),
    Column("ligne", Kind.WHOLE),
    Column("financeur", Kind.TEXT),
    Column("nature", Kind.CODE),
    Column("statut", Kind.CODE),
    Column("montant", Kind.EXACT),
)
MILESTONES = (
    Column("code_region", Kind.CODE),
    Column("numero", Kind.WHOLE),
    Column("nature", Kind.CODE),
    Column("nom", Kind.TEXT),
    Column("numero_action", Kind.WHOLE),
    Column("prevu_le", Kind.DATE),
    Column("etat", Kind.CODE),
    Column("prevision", Kind.DATE),
    Column("ecart_jours", Kind.WHOLE),
    Column("motif", Kind.TEXT),
)
