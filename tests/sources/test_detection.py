"""The language of a text whose name does not tell it."""

import pytest

from pipeline.sources.detection import detect
from tests.unit_helpers import ROOT

SAMPLES = {
    "th": "ลูกค้าภายในคือพนักงานทุกคนที่ทำงานร่วมกันในบริษัทเดียวกัน",
    "ar": "العملاء الداخليون هم جميع الموظفين الذين يعملون معا في الشركة نفسها.",
    "id": "Pelanggan internal adalah semua karyawan yang bekerja sama di perusahaan yang sama.",
    "de": "Interne Kunden sind alle Mitarbeiter, die in demselben Unternehmen arbeiten.",
    "es": "Los clientes internos son todos los empleados que trabajan en la misma empresa.",
    "en": "Internal customers are all the employees who work together in the same company.",
    "fr": "Les clients internes sont tous les employés qui travaillent dans la même entreprise.",
    "he": "לקוחות פנימיים הם כל העובדים שעובדים יחד באותה חברה.",
    "el": "Οι εσωτερικοί πελάτες είναι όλοι οι εργαζόμενοι στην ίδια εταιρεία.",
    "ja": "内部顧客とは、同じ会社で一緒に働くすべての従業員のことです。",
    "ko": "내부 고객은 같은 회사에서 함께 일하는 모든 직원입니다.",
    "zh": "内部客户是在同一家公司一起工作的所有员工。",
    "ru": "Внутренние клиенты — это все сотрудники, которые работают в одной компании.",
}


@pytest.mark.parametrize("tag", sorted(SAMPLES))
def test_one_sentence_tells_its_language(tag: str) -> None:
    assert detect(SAMPLES[tag]) == tag


def test_the_same_text_is_always_in_the_same_language() -> None:
    assert {detect(SAMPLES["id"]) for _ in range(5)} == {"id"}


@pytest.mark.parametrize("text", ["", "   ", "123 456", "— … !?", "2021-12-24", "🙂"])
def test_a_text_without_letters_is_in_no_language(text: str) -> None:
    assert detect(text) is None


def test_a_few_foreign_words_do_not_change_the_language() -> None:
    assert detect(f"CRM vs KPI {SAMPLES['th']} Customer Success") == "th"


REAL = ROOT.parent / "shared" / "texts"


@pytest.mark.skipif(
    not REAL.is_dir(), reason=f"NOT TESTED on real texts: there is no folder {REAL}"
)
def test_the_real_texts_are_in_five_languages() -> None:
    found = [detect(file.read_text("utf-8")) for file in sorted(REAL.glob("*.txt"))]
    assert found == ["th", "ar", "id", "de", "es"]
