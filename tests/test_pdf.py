"""The PDFs of the built site, read back by tools that had no part in making them."""
import outloud
import pypdf
import pytest

from whitepaper.book import TREES


@pytest.mark.parametrize("tree", TREES)
def test_accessible(site, tree):
    """An independent checker finds no error of PDF/UA-1 in any book."""
    result = outloud.check(str(site / f"downloads/hard-tech-{tree}.pdf"))
    assert [finding for finding in result.findings if finding.severity == "error"] == []


@pytest.mark.parametrize("tree,lang", [("zh", "zh-CN"), ("en", "en-GB"), ("zh-en", "zh-CN")])
def test_identity(site, tree, lang):
    """Each book declares PDF/A-2a, PDF/UA-1, its language and its authors."""
    pdf = pypdf.PdfReader(site / f"downloads/hard-tech-{tree}.pdf")
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert pdf.trailer["/Root"]["/Lang"] == lang
    assert ("米磊" in pdf.metadata.author, "Mi Lei" in pdf.metadata.author) == ("zh" in tree, "en" in tree)
