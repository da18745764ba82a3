"""Small files of which a lot comes: a PDF packed twice, a workbook with one far cell, a Word file of one long word."""

import io
import zipfile
import zlib

import openpyxl

from tests.ingest.office_files import docx


def nested_flate(megabytes: int) -> bytes:
    """A PDF whose only page unpacks to so many megabytes of blanks."""
    pack = zlib.compressobj(9)
    inner = b"".join(pack.compress(b" " * 1_000_000) for _ in range(megabytes)) + pack.flush()
    stream = zlib.compress(inner, 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF" % start


def far_cell() -> bytes:
    """A workbook with one cell at the top left and one at the very end."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = "tên", "xa"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def swollen_docx(megabytes: int) -> bytes:
    """A Word file with one run of so many megabytes."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx(lambda document: document.add_paragraph("xxx")))) as whole,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as big,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            big.writestr(
                name, data.replace(b"xxx", b"x" * 1_000_000 * megabytes) if name.endswith("document.xml") else data
            )
    return content.getvalue()
