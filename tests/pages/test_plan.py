"""The plan screen: a region writes its plan line by line, the office reviews it, everybody reads what was validated."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan, Resource
from impact.db import Database, reading, transaction
from impact.figures import SCALE
from impact.permissions import EVERYTHING, Actor
from impact.queries.action_views import ActionRow
from impact.queries.actions import action
from impact.rules.targets import TargetDraft
from impact.services import actions
from impact.services.targets import set_target
from impact.vocabulary import Commitment, FundingState, ResourceKind, Section, Status
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages.scenes import charts, html, look, opened, rows, run, words

PAGE, KEY = "plan", ActionKey(PICARDIE, 1)
STATE = FundingState
IDENTITY = Identity(
    "Former les tuteurs", "FOR", "Trop peu de <b>tuteurs</b> formés.", "Karim Benali", "Deux formateurs",
    "karim@example.org", date(2010, 11, 1), date(2011, 9, 30),
)  # fmt: skip
PLAN = Plan(
    IDENTITY,
    (Objective("Former 120 tuteurs", "FOR-04", 0, 120 * SCALE, date(2011, 9, 30)),),
    (Activity("Première session", "Support", "L’équipe", date(2010, 11, 3), date(2010, 12, 1)),),
    10_000 * SCALE,
    (
        Funding("Conseil régional", amounts={STATE.IDENTIFIED: 12_000 * SCALE, STATE.REQUESTED: 12_000 * SCALE}),
        Funding("Mairie", in_kind=True, amounts={STATE.IDENTIFIED: 500 * SCALE}),
    ),
    (Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP"),),
    (Partner("Crédit coopératif", "prêts", Commitment.AGREED),),
)
MONEY_FORM = "plan_22-1_financements"


def write(plan: Plan = PLAN, who: Actor = KARIM, region: str = PICARDIE) -> ActionKey:
    with transaction() as session:
        return actions.open_action(session, who, region, plan.identity, plan=plan)


def submit(key: ActionKey = KEY, who: Actor = KARIM) -> None:
    with transaction() as session:
        actions.submit_plan(session, who, key, held(key).version, as_it_is=True)


def validate(key: ActionKey = KEY) -> None:
    submit(key, KARIM if key.region == PICARDIE else CLAIRE)
    with transaction() as session:
        actions.validate_plan(session, ODILE, key, held(key).version)


def held(key: ActionKey = KEY) -> ActionRow:
    with reading() as session:
        return action(session, EVERYTHING, key)


def send(seen: AppTest, form: str) -> AppTest:
    seen.button(key=f"{form}_envoyer").click()
    return run(seen)


def shown(monkeypatch: pytest.MonkeyPatch, who: Actor, part: str = "", line: str = "", **more: str) -> AppTest:
    said = {name: text for name, text in {"partie": part, "ligne": line, **more}.items() if text}
    return look(monkeypatch, PAGE, who, region=PICARDIE, action="1", **said)


def said(seen: AppTest) -> str:
    boxes = [*seen.success, *seen.warning, *seen.error]
    return " ".join([words(seen), *(str(one.value) for one in boxes)]).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    """The cast and their mobilisations."""


def test_a_team_opens_an_action_on_its_primary_chantier_and_loses_nothing_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = look(monkeypatch, PAGE, KARIM)
    assert seen.title[0].value == "Ouvrir une action : Picardie"
    assert seen.selectbox(key="plan_ouvrir_22_chantier").value == "FOR"
    seen.text_area(key="plan_ouvrir_22_besoin").set_value("Trop peu de tuteurs.")
    seen.text_input(key="plan_ouvrir_22_debut").set_value("31/02/2011")
    refused = send(seen, "plan_ouvrir_22")
    assert "donnez-lui un titre" in refused.error[0].value
    assert "n’est pas une date" in refused.error[0].value
    assert refused.text_area(key="plan_ouvrir_22_besoin").value == "Trop peu de tuteurs."
    refused.text_input(key="plan_ouvrir_22_titre").set_value("Former les tuteurs")
    refused.text_input(key="plan_ouvrir_22_debut").set_value("01/02/2011")
    done = send(refused, "plan_ouvrir_22")
    assert "Action 22-1 ouverte" in said(done)
    assert done.title[0].value.replace("\u202f", " ") == "Plan d’action : Former les tuteurs"
    assert held().plan.identity.need == "Trop peu de tuteurs."
    assert "0 section sur 5 complète" in str(done.get("progress")[0].proto.text).replace("\u00a0", " ")


def test_a_line_is_added_in_french_understood_beside_the_field_and_refused_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(Plan(IDENTITY))
    seen = shown(monkeypatch, KARIM, "financements")
    form = f"{MONEY_FORM}_nouvelle"
    seen.text_input(key=f"{form}_financeur").set_value("Conseil régional")
    seen.text_input(key=f"{form}_identifie").set_value("12 500,50")
    seen.text_input(key=f"{form}_accorde").set_value("20000")
    refused = send(run(seen), form)
    assert "écrivez au moins" in refused.error[0].value
    assert refused.text_input(key=f"{form}_accorde").value == "20000"
    refused.text_input(key=f"{form}_accorde").set_value("")
    assert "Compris : identifié 12 500,50 €" in said(run(refused))
    done = send(refused, form)
    assert "« Conseil régional » : ligne ajoutée" in said(done)
    assert rows(done, "En argent, identifié : financements de 22-1")["Total identifié"] == "Total identifié 12 500,50 €"
    assert held().plan.fundings[0].amounts == {STATE.IDENTIFIED: 125_005_000}


def test_one_line_is_changed_or_removed_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    seen = shown(monkeypatch, KARIM, "financements", "2")
    seen.text_input(key=f"{MONEY_FORM}_2_financeur").set_value("Mairie d’Amiens")
    done = send(run(seen), f"{MONEY_FORM}_2")
    assert [one.funder for one in held().plan.fundings] == ["Conseil régional", "Mairie d’Amiens"]
    assert done.query_params.get("ligne") in (None, [], ["aucune"])
    seen = shown(monkeypatch, KARIM, "financements", "1")
    send(seen, f"{MONEY_FORM}_1_retrait")
    assert [one.funder for one in held().plan.fundings] == ["Mairie d’Amiens"]
    assert held().version == 3


def test_signs_of_a_title_stand_as_they_were_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    write(replace(PLAN, identity=replace(IDENTITY, title="*Tuteurs* [44]"), partners=(Partner("Relais_44"),)))
    seen = shown(monkeypatch, KARIM, "partenaires")
    assert "1. *Tuteurs* [44]" in seen.selectbox(key="plan_action").options, "a list shows no Markdown"
    assert "Modifier 1. Relais_44" in seen.selectbox(key="plan_ligne").options
    assert seen.title[0].value.endswith(r"\*Tuteurs\* \[44\]"), "a title does"


def test_cash_and_kind_are_never_added_up_and_one_status_counts_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    seen = shown(monkeypatch, KARIM, "financements", argent="sollicite")
    assert rows(seen, "En argent, sollicité : financements de 22-1")["Total sollicité"].endswith("12 000 €")
    kind = rows(seen, "En nature, à la valeur déclarée, sollicité : financements de 22-1")
    assert kind["Total sollicité"].endswith("non dit"), "what nobody said is not zero"
    assert "12 500" not in said(seen)
    assert "+2 000 €" in said(seen), "identified and not refused, beside the budget"


def test_two_people_on_one_line_choose_and_on_two_lines_both_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    seen = shown(monkeypatch, KARIM, "partenaires", "1")
    form = "plan_22-1_partenaires_1"
    seen.text_input(key=f"{form}_role").set_value("prêts d’honneur")
    run(seen)
    with transaction() as session:
        actions.set_budget(session, ODILE, KEY, 9_000 * SCALE, 1)
    assert "a enregistré autre chose" not in said(run(seen)), "another part of the plan"
    with transaction() as session:
        partner = Partner("Crédit coopératif", "prêts", Commitment.SIGNED)
        actions.save_line(session, ODILE, KEY, Section.PARTNERS, partner, 0, 2)
    clash = send(seen, form)
    assert "Odile Martin a enregistré autre chose" in said(clash)
    both = rows(clash, "Les deux textes, champ par champ")
    assert both["Rôle"] == "Rôle prêts prêts d’honneur"
    assert both["Engagement"] == "Engagement convention signée accord de principe"
    clash.button(key=f"{form}_garder").click()
    send(run(clash), form)
    assert held().plan.partners == (Partner("Crédit coopératif", "prêts d’honneur", Commitment.AGREED),)
    assert held().plan.budget == 9_000 * SCALE


def test_what_is_typed_waits_while_another_part_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    seen = shown(monkeypatch, KARIM, "ressources", "nouvelle")
    seen.text_input(key="plan_22-1_ressources_nouvelle_ressource").set_value("Salle")
    run(seen).radio(key="plan_partie").set_value("plan")
    run(seen).radio(key="plan_partie").set_value("ressources")
    run(seen).selectbox(key="plan_ligne").set_value("nouvelle")
    assert run(seen).text_input(key="plan_22-1_ressources_nouvelle_ressource").value == "Salle"


def test_submitting_says_everything_that_is_missing_at_once_and_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write(replace(PLAN, resources=(), partners=()))
    first = send(shown(monkeypatch, KARIM), "plan_22-1_soumettre")
    assert "Le plan n’est pas complet" in said(first)
    assert "Ressources : une première ressource" in said(first)
    assert "Partenaires : un premier partenaire" in said(first)
    assert held().status is Status.DRAFT
    done = send(first, "plan_22-1_soumettre")
    assert "Plan soumis" in said(done)
    assert held().status is Status.SUBMITTED
    closed = shown(monkeypatch, KARIM, "ressources")
    assert "reprenez-le d’abord" in said(closed)
    assert not closed.text_input
    send(shown(monkeypatch, KARIM), "plan_22-1_reprendre")
    assert held().status is Status.DRAFT


def test_the_office_reads_what_changed_and_sends_back_with_a_reason_that_the_region_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write()
    validate()
    with transaction() as session:
        actions.set_budget(session, KARIM, KEY, 11_000 * SCALE, 1, "devis reçu")
    submit()
    seen = shown(monkeypatch, ODILE)
    told = rows(seen, "Ce qui a changé dans le plan 22-1 depuis sa dernière validation")
    assert told["Budget prévu Financements"].endswith("10 000 € 11 000 €")
    form = "plan_22-1_renvoyer"
    assert "écrivez-le" in send(seen, form).error[0].value
    seen.text_area(key=f"{form}_motif_retour").set_value("Joignez le devis.")
    done = send(run(seen), form)
    assert "Plan renvoyé" in said(done)
    assert "Soumettre à la place de la région" in [one.label for one in done.expander], "one click more does not submit"
    assert "Joignez le devis." in said(shown(monkeypatch, KARIM))
    assert "10 000 €" in said(shown(monkeypatch, REMI)), "everybody else still reads the validated version"
    versions = shown(monkeypatch, KARIM, "versions")
    assert "devis reçu" in said(versions)


def test_the_office_validates_and_nobody_what_they_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    write(who=ODILE)
    submit(who=ODILE)
    refused = send(shown(monkeypatch, ODILE), "plan_22-1_valider")
    assert "une autre personne le valide" in refused.error[0].value
    with transaction() as session:
        actions.return_plan(session, ODILE, KEY, "à reprendre", 1)
    submit()
    assert "Aucune version n’a encore été validée" in said(shown(monkeypatch, ODILE))
    assert not [one for one in shown(monkeypatch, KARIM).button if "valider" in str(one.key)]


def test_a_validated_plan_is_a_draft_again_only_knowingly(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    validate()
    seen = shown(monkeypatch, KARIM, "financements", "1")
    seen.text_input(key=f"{MONEY_FORM}_1_accorde").set_value("12000")
    assert "le plan reste validé" in said(run(seen))
    send(seen, f"{MONEY_FORM}_1")
    assert (held().status, held().validated_version) == (Status.VALIDATED, 2)
    seen = shown(monkeypatch, KARIM, "contenu", "1")
    form = "plan_22-1_contenu_1"
    seen.text_input(key=f"{form}_livrable").set_value("Guide")
    assert "en fait de nouveau un brouillon" in said(run(seen))
    refused = send(seen, form)
    assert "Motif de la modification" in refused.error[0].value
    assert refused.text_input(key=f"{form}_livrable").value == "Guide"
    refused.text_area(key=f"{form}_motif").set_value("demande du lycée")
    send(run(refused), form)
    assert (held().status, held().validated_version, held().reason) == (Status.DRAFT, 2, "demande du lycée")


def test_readers_and_other_regions_read_what_was_validated_and_write_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    for who in (REMI, CLAIRE):
        nothing = look(monkeypatch, PAGE, who, region=PICARDIE)
        assert "Aucun plan de cette région n’est validé" in said(nothing)
        assert "Former les tuteurs" not in html(nothing)
    validate()
    for who in (REMI, CLAIRE):
        seen = look(monkeypatch, PAGE, who, region=PICARDIE)
        assert seen.title[0].value.endswith("Former les tuteurs")
        assert "Trop peu de &lt;b&gt;tuteurs" in html(seen)
        assert "karim@example.org" not in html(seen), "a contact is the region's and the office's to know"
        assert not (*seen.text_input, *seen.text_area, *seen.button)
    assert "karim@example.org" in html(shown(monkeypatch, KARIM))


@pytest.mark.parametrize("asked", ["9", "x", "-1", "nouvelle"])
def test_an_action_that_is_not_there_is_said_and_nothing_else_opens(
    monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    write()
    seen = look(monkeypatch, PAGE, CLAIRE, region=PICARDIE, action=asked)
    assert "Former les tuteurs" not in html(seen)
    assert not seen.text_input


def test_a_target_that_was_set_is_offered_and_a_difference_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        draft = TargetDraft(PICARDIE, "FOR-04", "2010-2011", 0, 150 * SCALE, date(2011, 9, 30))
        set_target(session, ODILE, draft)
    write()
    seen = shown(monkeypatch, KARIM, "objectifs", "1")
    assert "la cible fixée est 150 au 30/09/2011" in rows(seen, "Objectifs de l’action 22-1")[
        "Former 120 tuteurs FOR-04 Personnes ayant achevé une formation"
    ].replace("\u202f", " ")
    form = "plan_22-1_objectifs_1"
    seen.button(key=f"{form}_reprendre").click()
    assert run(seen).text_input(key=f"{form}_cible").value == "150"
    send(seen, form)
    assert held().plan.objectives[0].target == 150 * SCALE


def test_the_country_side_by_side_counts_what_its_reader_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    other = replace(PLAN, identity=replace(IDENTITY, title="Mesurer", chantier="PRE"), objectives=(),
                    partners=(Partner("credit  coopératif", "garanties"),))  # fmt: skip
    validate(write(other, CLAIRE, MIDI_PYRENEES))
    caption = "Plans d’action des régions, côte à côte"
    everything = rows(look(monkeypatch, PAGE, ODILE), caption)
    assert len(everything) == 2
    assert "✎ brouillon 10 000 € 12 000 €" in next(row for name, row in everything.items() if "Picardie" in name)
    assert len(rows(look(monkeypatch, PAGE, REMI), caption)) == 1
    assert len(rows(look(monkeypatch, PAGE, ODILE, region="FR", chantier="PRE"), caption)) == 1
    assert "Aucun plan ne répond" in said(look(monkeypatch, PAGE, ODILE, region="FR", statut="submitted"))
    together = look(monkeypatch, PAGE, ODILE, region="FR", partie="ensemble")
    assert (
        "prêts (accord de principe)"
        in rows(together, "Partenaires de plusieurs régions")["Crédit coopératif 2 régions"]
    )
    assert rows(together, "Ressources, par type et unité")["Personnes ETP"].startswith("Personnes ETP 4 ")
    assert "Support" in rows(together, "Activités, Novembre 2010")["Première session"]


def test_money_by_region_is_drawn_with_its_data_and_cash_stays_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    seen = look(monkeypatch, PAGE, ODILE, region="FR", partie="argent")
    assert len(charts(seen)) == 2
    assert rows(seen, "Argent, identifié, en € : par région")["Ensemble"] == "Ensemble 1 10 000 € 12 000 €"
    kind = rows(seen, "Apports en nature, à leur valeur déclarée, identifié, en € : par région")
    assert kind["Ensemble"] == "Ensemble 1 500 €"
    data = opened(seen, "plan_argent_donnees")
    assert "Argent, identifié, en € : par région, par région : Picardie 12 000 € pour un budget de 10 000 €" in said(
        data
    )
    assert "Aucun plan retenu n’en dit rien" in said(
        look(monkeypatch, PAGE, ODILE, region="FR", partie="argent", argent="verse")
    )
