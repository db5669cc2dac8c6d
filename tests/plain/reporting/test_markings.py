"""Markings of state secrets, found wherever in a text they stand; words about secrecy are none."""

from __future__ import annotations

import pytest

from khuevan.plain.reporting.markings import is_marked


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "Tối mật",
        "mật",
        " [Tuyệt mật] ",
        "T Ố I  M Ậ T",
        "Tối\u200b mật",
        "ＭẬＴ",
        "MAÄT",
        "Kết quả đợt kiểm tra (tối mật) trong kỳ.",
        "TỐI MẬT - Báo cáo kết quả",
        "Độ mật: Tối mật",
        "x | Mật | y",
        "\n".join(["Đã mở trang tin."] * 200 + ["Tối mật", "Đã đăng 3 tin."]),
        f"{'Đã mở trang tin mới. ' * 400}(mật)",
    ],
)
def test_a_marking_is_found_in_any_letters_and_at_any_place(text):
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tổ chức 3 lớp về bảo vệ bí mật nhà nước.",
        "Bảo mật",
        "Bí mật",
        "- Mật: 3 văn bản; tối mật: 1 văn bản.",
        "Phổ biến quy định về độ mật của tài liệu.",
        "Giới thiệu mật ong Hoàng Liên; mật khẩu của cổng được đổi.",
        "Đã mở trang tin mới, mời bạn đọc. " * 500,
    ],
)
def test_words_about_secrecy_are_no_marking(text):
    assert not is_marked(text)
