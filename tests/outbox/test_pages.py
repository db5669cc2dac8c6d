"""The pages of outgoing mails: what they list, to whom they show it, and the two deeds."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from khuevan.core import clock
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from tests.factories.outbox import queued_mail
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db

UNCERTAIN = {"state": "UNCERTAIN", "trouble": "LOST_AFTER", "next_attempt_at": None}
REFUSED = {"state": "REFUSED", "trouble": "REJECTED", "last_error": "550 <b>No</b>", "next_attempt_at": None}


def signed_in(role: Role) -> Client:
    """A browser in which a person with the role is signed in; `.person` is that person."""
    client = Client()
    client.person = person_with_role(role)
    client.force_login(client.person)
    return client


def page(client: Client, url: str, **wishes: Any) -> str:
    answer = client.get(url, wishes)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def subjects(html: str) -> list[str]:
    """The subjects in the table of the page, in order."""
    return re.findall(r'class="ob-subject"><a href="[^"]+">([^<]+)</a>', html)


@pytest.fixture
def officer() -> Client:
    return signed_in(Role.PLANNING_OFFICER)


def test_list_shows_who_got_what_and_why_newest_first(officer):
    with clock.stopped_at(datetime.datetime(2025, 11, 19, 0, 5, tzinfo=datetime.UTC)):
        queued_mail(subject="Hôm qua")
    with clock.stopped_at(datetime.datetime(2025, 11, 20, 0, 5, tzinfo=datetime.UTC)):
        mail = queued_mail(subject="Hôm nay", to_name="Trần Thị Ngọc", reason="Chị là trưởng phòng.")
    html = page(officer, reverse("outbox:index"))
    assert subjects(html) == ["Hôm nay", "Hôm qua"]
    row = html.split("<tbody>")[1].split("</tr>")[0]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()
    assert told == (
        "Hôm nay Thư hằng ngày Trần Thị Ngọc lan@example.invalid Chị là trưởng phòng. Chờ gửi 07:05 20/11/2025"
    )
    assert mail.get_absolute_url() in row


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({}, ["D", "C", "B", "A"]),
        ({"state": "UNCERTAIN"}, ["B"]),
        ({"state": "nonsense"}, ["D", "C", "B", "A"]),
        ({"q": "tran ngoc"}, ["B"]),
        ({"q": "PHÒNG@example"}, ["C"]),
        ({"q": "100%"}, []),
        ({"kind": "DIGEST"}, ["D", "C", "B", "A"]),
        ({"first": "20/11/2025"}, ["D", "C"]),
        ({"last": "19/11/2025"}, ["B", "A"]),
        ({"first": "19/11/2025", "last": "19/11/2025"}, ["B"]),
        ({"first": "hôm qua"}, ["D", "C", "B", "A"]),
        ({"state": "SENT", "q": "ngoc"}, []),
    ],
)
def test_list_is_narrowed_by_state_recipient_kind_and_days(officer, wishes, found):
    for number, (subject, name, address) in enumerate(
        (
            ("A", "Lê Văn Ba", "ngoc@example.invalid"),
            ("B", "Trần Thị Ngọc", "tran@example.invalid"),
            ("C", "", "phong@example.invalid"),
            ("D", "Đỗ Ư", "do@example.invalid"),
        )
    ):
        with clock.stopped_at(datetime.datetime(2025, 11, 18 + number, 1, tzinfo=datetime.UTC)):
            queued_mail(subject=subject, to_name=name, to_address=address)
    OutgoingMail.objects.filter(subject="B").update(**UNCERTAIN)
    html = page(officer, reverse("outbox:index"), **wishes)
    assert subjects(html) == found
    assert ("Không có thư nào phù hợp với bộ lọc" in html) == (not found)


def test_list_has_fifty_mails_a_page_and_keeps_the_filters(officer):
    for number in range(51):
        queued_mail(subject=f"Thư {number}")
    first = page(officer, reverse("outbox:index"), state="WAITING")
    assert (len(subjects(first)), "51 thư" in first) == (50, True)
    assert 'href="?state=WAITING&amp;page=2"' in first
    assert subjects(page(officer, reverse("outbox:index"), state="WAITING", page=2)) == ["Thư 0"]


def test_list_takes_as_many_queries_for_three_mails_as_for_one(officer, django_assert_num_queries):
    url = reverse("outbox:index")
    queued_mail(person=person_with_role(Role.EDITOR))
    page(officer, url)
    # Not a number: the frame's own queries are other apps' to change.
    with CaptureQueriesContext(connection) as for_one:
        page(officer, url)
    for _ in range(2):
        queued_mail(person=person_with_role(Role.EDITOR))
    with django_assert_num_queries(len(for_one)):
        assert len(subjects(page(officer, url))) == 3


def test_list_says_what_its_keeper_should_know_first(officer, settings):
    url = reverse("outbox:index")
    nobody_gets_it = "Chưa khai báo máy chủ thư (EMAIL_URL)"
    empty = page(officer, url)
    assert "Chưa có thư nào" in empty
    # The tests' own backend keeps mails, too.
    assert nobody_gets_it in empty
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "ob-notices" not in page(officer, url)
    for _ in range(2):
        OutgoingMail.objects.filter(pk=queued_mail().pk).update(**UNCERTAIN)
    OutgoingMail.objects.filter(pk=queued_mail().pk).update(
        trouble="UNREACHABLE", last_error="Connection <refused>"
    )
    notices = re.findall(r"<li>([^<]+)</li>", page(officer, url).split("ob-notices")[1].split("</ul>")[0])
    assert notices == [
        "Không kết nối được với máy chủ thư (Connection &lt;refused&gt;); thư đang chờ sẽ tự động được thử lại.",
        "Có 2 thư chưa rõ đã đến hay chưa; cần có người quyết định gửi lại hay không.",
    ]


def test_people_see_the_mails_to_themselves_and_no_others():
    client = signed_in(Role.UNIT_OFFICER)
    own = queued_mail(person=client.person, subject="Cho tôi")
    other = queued_mail(subject="Cho người khác")
    assert subjects(page(client, reverse("outbox:mine"))) == ["Cho tôi"]
    assert "Cho tôi" in page(client, own.get_absolute_url())
    assert client.get(other.get_absolute_url()).status_code == 404
    refused = client.get(reverse("outbox:index"))
    assert refused.status_code == 403
    assert "Chỉ cán bộ tổng hợp kế hoạch" in refused.content.decode()
    OutgoingMail.objects.filter(pk=own.pk).update(**UNCERTAIN)
    assert reverse("outbox:resend", args=[own.pk]) not in page(client, own.get_absolute_url())
    assert client.post(reverse("outbox:resend", args=[own.pk])).status_code == 403
    assert OutgoingMail.objects.get(pk=own.pk).state == "UNCERTAIN"


def test_mail_page_shows_text_formatting_state_and_what_to_do(officer):
    mail = queued_mail(
        subject="Đôn đốc <1>",
        text="Dòng 1\n  Dòng <2>\n",
        html='<p class="a">Một</p><script>alert(1)</script>',
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**REFUSED)
    html = officer.get(mail.get_absolute_url()).content.decode()
    assert '<div class="ob-text">Dòng 1\n  Dòng &lt;2&gt;\n</div>' in html
    assert f'<iframe sandbox srcdoc="{escape(mail.html)}"' in html
    assert "Máy chủ thư từ chối thư này. Hệ thống không tự thử lại." in html
    assert '<q lang="en">550 &lt;b&gt;No&lt;/b&gt;</q>' in html
    assert reverse("outbox:resend", args=[mail.pk]) in html
    assert reverse("outbox:withdraw", args=[mail.pk]) not in html


def test_mail_is_sent_again_after_a_question_and_the_page_says_who_did(officer):
    mail = queued_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(**UNCERTAIN)
    url = reverse("outbox:resend", args=[mail.pk])
    question = page(officer, url)
    assert "Gửi lại thư này?" in question
    assert "lần thứ hai" in question
    assert OutgoingMail.objects.get().state == "UNCERTAIN"

    answer = officer.post(url, follow=True)
    assert OutgoingMail.objects.get().state == "WAITING"
    assert answer.redirect_chain == [(mail.get_absolute_url(), 302)]
    told = answer.content.decode()
    assert "Thư đang chờ được gửi lại." in told
    assert f"<strong>{officer.person}</strong> đã cho gửi lại thư chưa rõ đã đến hay chưa" in told

    # The button of a page that has been left open does nothing twice.
    late = officer.post(url, follow=True).content.decode()
    assert "Thư này không còn ở trạng thái có thể gửi lại." in late
    assert officer.get(url).status_code == 302


def test_mail_is_withdrawn_after_a_question(officer):
    mail = queued_mail()
    url = reverse("outbox:withdraw", args=[mail.pk])
    assert "Rút lại thư này?" in page(officer, url)
    told = officer.post(url, follow=True).content.decode()
    assert OutgoingMail.objects.get().state == "WITHDRAWN"
    assert "Đã rút lại thư." in told
    assert f"<strong>{officer.person}</strong> đã rút lại thư" in told
    assert officer.get(url).status_code == 302


@pytest.mark.parametrize(
    ("role", "item"), [(Role.DIRECTOR, "outgoing-mail"), (Role.UNIT_OFFICER, "own-mail")]
)
def test_menu_leads_each_person_to_the_mails_that_are_theirs_to_see(role, item):
    menu = page(signed_in(role), reverse("wagtailadmin_home"))
    assert [name for name in ("outgoing-mail", "own-mail") if f'"{name}"' in menu] == [item]
