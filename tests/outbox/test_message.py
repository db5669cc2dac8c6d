"""What travels is what was written: heads and bodies as a mail program reads them, whatever is in them."""

from __future__ import annotations

import datetime
import re
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from khuevan.outbox.acceptance import BREAKS_A_LINE, UnfitMail, address, body, one_line
from khuevan.outbox.message import as_sent, composed
from khuevan.outbox.models import OutgoingMail

WRITTEN_AT = datetime.datetime(2025, 11, 20, 7, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))

# Stacked diacritics, both normal forms, signs that heads give a meaning, what looks encoded already.
VIETNAMESE = st.text(alphabet="aăâđêôơưẤẾỖỢỬỹ Nguyễn,;:<>@\"'()[]\\._=?-/+ễ\u0302\u0301🙂", max_size=200)
LINES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=sorted(BREAKS_A_LINE)), max_size=200),
    VIETNAMESE,
)


def mail(**values: str) -> OutgoingMail:
    """A mail that is not kept anywhere."""
    given_values = {
        "key": "test:1",
        "kind": "DIGEST",
        "to_name": "",
        "to_address": "lan@example.invalid",
        "subject": "Việc hôm nay",
        "text": "Không có việc mới.\n",
        "html": "",
        "reason": "Vì có việc.",
        "message_id": "<1@localhost>",
    } | values
    return OutgoingMail(**given_values, created_at=WRITTEN_AT, day=WRITTEN_AT.date())


def head_of(content: bytes) -> list[tuple[str, str]]:
    """The head as (name, unfolded text), encoded words decoded as RFC 2047 says.

    By the old decoder: Python's newer parser leaves a space between two encoded words of a name.
    """
    lines = re.sub(rb"\r\n(?=[ \t])", b"", content.partition(b"\r\n\r\n")[0]).decode("ascii").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return [(name, str(make_header(decode_header(value)))) for name, value in pairs]


def test_a_mail_has_this_head_and_these_bodies():
    content = as_sent(
        composed(
            mail(
                to_name="Nguyễn Thị Ngọc Diễm",
                subject="Đôn đốc: “Hà Nội – Thành phố vì hòa bình” quá hạn ngày 15/11/2025",
                text="Kính gửi đồng chí,\n.\nFrom nay: ỡ Ặ ỷ\n",
                html="<p>Kính gửi <b>đồng chí</b>,</p>\n",
            )
        )
    )
    assert head_of(content) == [
        ("Content-Type", 'multipart/alternative; boundary="=_ac3bc90325e351b2ad21b6595759e71b"'),
        ("MIME-Version", "1.0"),
        ("Subject", "Đôn đốc: “Hà Nội – Thành phố vì hòa bình” quá hạn ngày 15/11/2025"),
        ("From", "Khuê Văn <khuevan@localhost>"),
        ("To", "Nguyễn Thị Ngọc Diễm <lan@example.invalid>"),
        ("Date", "Thu, 20 Nov 2025 07:00:00 +0700"),
        ("Message-ID", "<1@localhost>"),
        ("List-Id", "<digest.localhost>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    parsed = BytesParser(policy=default).parsebytes(content)
    parts = [
        (part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in parsed.iter_parts()
    ]
    assert parts == [
        ("text/plain", "Kính gửi đồng chí,\n.\nFrom nay: ỡ Ặ ỷ\n"),
        ("text/html", "<p>Kính gửi <b>đồng chí</b>,</p>\n"),
    ]
    assert parsed.defects == []


def test_a_mail_is_the_same_bytes_every_time():
    kept = mail(html="<p>Một</p>\n", to_name="Lan")
    assert as_sent(composed(kept)) == as_sent(composed(kept))


@given(subject=LINES, name=LINES, text=st.text(max_size=300), html=st.text(max_size=100))
@example(subject="=?utf-8?b?SGFja2Vk?=", name="=?utf-8?q?a?=", text=".\r\n..", html="")
@example(subject="Ễ" * 300, name="ễ" * 150, text="Ộ" * 2000, html="<p>" + "Ộ" * 2000)
@example(subject="hai  dấu cách   trong", name="a  b", text="\tx \n \n", html="")
@example(subject="x" * 300, name="Nguyễn, Lan <lan@else.invalid>", text="a\r\n.\r\nQUIT", html="")
def test_what_is_read_is_what_was_written(subject, name, text, html):
    subject, name = one_line(subject, "subject", 400), one_line(name, "name", 400)
    written = mail(subject=subject, to_name=name, text=body(text), html=body(html))
    content = as_sent(composed(written))

    head = dict(head_of(content))
    assert head["Subject"] == subject
    assert head["To"] == (f"{name} <lan@example.invalid>" if name else "lan@example.invalid")
    # Plain ASCII lines that every server carries, with nothing in the head that we did not write.
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    names = [line_name for line_name, _value in head_of(content)]
    ours = [
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "List-Id",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
    ]
    assert [line_name for line_name in names if not line_name.startswith(("Content-", "MIME-"))] == ours
    parsed = BytesParser(policy=default).parsebytes(content)
    plain = parsed.get_body(("plain",))
    formatted = parsed.get_body(("html",))
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == (written.text or "")
    found = formatted.get_payload(decode=True).decode().replace("\r\n", "\n") if formatted else ""
    assert found == written.html


@given(name=LINES)
def test_a_mail_goes_to_its_one_address_whatever_the_name_says(name):
    content = as_sent(composed(mail(to_name=one_line(name, "name", 400))))
    [to] = [
        line for line in re.sub(rb"\r\n(?=[ \t])", b"", content).split(b"\r\n") if line.startswith(b"To: ")
    ]
    assert parseaddr(to.decode()[4:])[1] == "lan@example.invalid"
    assert to.count(b"@") == 1


@given(
    value=st.text(max_size=50),
    breaking=st.sampled_from("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00\x7f\ud800"),
)
def test_a_line_that_could_end_is_refused(value, breaking):
    with pytest.raises(UnfitMail):
        one_line(f"x{value}{breaking}Bcc: all@example.invalid", "subject", 400)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "lan",
        "lan@",
        "@example.invalid",
        "lan@example",
        "lan@example.invalid, ba@example.invalid",
        "lan@example.invalid\nBcc: ba@example.invalid",
        "Lan <lan@example.invalid>",
        '"lan lan"@example.invalid',
        '"lan\x01"@example.invalid',
        "lan ba@example.invalid",
        "lán@example.invalid",
        "lan@exam ple.invalid",
        "lan@-example.invalid",
        f"{'l' * 250}@example.invalid",
    ],
)
def test_what_is_no_address_is_refused(value):
    with pytest.raises(UnfitMail):
        address(value)


def test_a_domain_with_diacritics_travels_in_ascii():
    assert address(" lan@hànội.example ") == "lan@hànội.example"
    assert (
        dict(head_of(as_sent(composed(mail(to_address="lan@hànội.example")))))["To"]
        == "lan@xn--hni-9ka0849a.example"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        (" \n\n", ""),
        ("một", "một\n"),
        ("một\r\nhai\rba\n\n\n", "một\nhai\nba\n"),
        ("  thụt vào\n\tvà tab", "  thụt vào\n\tvà tab\n"),
        ("a\x00b\x0cc\ud800d\x1b[31m", "abcd[31m\n"),
    ],
)
def test_body_has_plain_line_ends_and_no_control_characters(written, kept):
    assert body(written) == kept
