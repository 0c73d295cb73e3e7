"""The table of profiles: whole, and without contradictions."""

from pipeline.pdf.imposition import SCHEMES
from pipeline.pdf.metadata import CLAIMS
from pipeline.settings.profiles import PROFILES, Intent, ProfileName, SchemeName, Standard


def test_every_profile_that_can_be_asked_for_has_its_row() -> None:
    assert list(PROFILES) == list(ProfileName)
    assert all(row.name is name for name, row in PROFILES.items())
    assert set(SCHEMES) == set(SchemeName)


def test_no_two_profiles_give_files_of_one_name() -> None:
    suffixes = [row.suffix for row in PROFILES.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert PROFILES[ProfileName.SCREEN].suffix == "", "the plain name is the one for readers"


def test_every_claim_is_written_somewhere_and_made_by_somebody() -> None:
    assert set(CLAIMS) == set(Standard)
    assert {claim for row in PROFILES.values() for claim in row.claims} == set(Standard)


def test_a_profile_claims_nothing_that_it_cannot_keep() -> None:
    for row in PROFILES.values():
        if {Standard.UA_1, Standard.A_2A} & set(row.claims):
            assert row.tagged, "14289-1 and level A of 19005-2 ask for a structure tree"
        if Standard.A_2A in row.claims:
            assert row.intent is Intent.SCREEN, "19005-2, 6.2.4.2: whose the colours are"
        if Standard.X_4 in row.claims:
            assert row.intent is Intent.PRESS
            assert row.bleeds
            assert not row.links, "15930-7: no annotation within the page"
