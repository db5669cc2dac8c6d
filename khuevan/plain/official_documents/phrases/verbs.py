"""The verbs with which Vietnamese offices open an obligation; a list of bodies ends before one of them."""

from __future__ import annotations

import re

_VERBS = """
ban hành; báo cáo; bảo đảm; đảm bảo; bảo vệ; bảo trì; bảo tồn; biên soạn; biên tập; biên dịch; biểu dương;
bố trí; bồi dưỡng; bổ sung; bám sát; bàn giao; bàn bạc; bắt giữ; cảnh báo; can thiệp; cập nhật; cấp phát;
cấp phép; cấp kinh phí; chấn chỉnh; chấm điểm; chăm lo; chăm sóc; chấp hành; chỉ đạo; chia sẻ; chọn lọc;
chủ động; chủ trì; chứng nhận; chuẩn bị; chuẩn hóa; chuyển giao; chuyển đổi; chỉnh lý; chỉnh sửa; chỉnh
trang; công bố; công nhận; công khai; củng cố; cung cấp; cung ứng; cử; căn cứ; cân đối; cắt giảm; dàn
dựng; duy trì; duyệt; dự báo; dự toán; đa dạng hóa; đánh giá; đào tạo; đào tạo nghề; đăng ký; đăng tải;
đăng phát; đấu tranh; đầu tư; đẩy mạnh; đẩy nhanh; đề nghị; đề ra; đề xuất; điều chỉnh; điều hành; điều
phối; điều tra; định hướng; đón tiếp; đôn đốc; động viên; đổi mới; đối chiếu; đối thoại; đưa tin; đưa vào;
đưa nội dung; gặp mặt; ghi hình; ghi nhận; giải quyết; giải đáp; giải trình; giải ngân; giám sát; gia hạn;
giao ban; giao lưu; giới thiệu; giúp đỡ; góp ý; gửi; hiện đại hóa; hoàn chỉnh; hoàn thành; hoàn thiện; hỗ
trợ; huy động; huấn luyện; hướng dẫn; hưởng ứng; hợp tác; kết nối; kê khai; kiểm đếm; kiểm kê; kiểm soát;
kiểm tra; kiến nghị; kiện toàn; khai thác; khai trương; khảo sát; khắc phục; khen thưởng; khống chế;
khuyến khích; kịp thời; kỷ niệm; lan tỏa; lập; lồng ghép; lựa chọn; làm rõ; làm tốt; làm việc; lấy ý kiến;
liên hệ; lắp đặt; lưu trữ; mở; mở rộng; mời; nâng cao; nâng cấp; nắm; nắm bắt; nắm tình hình; ngăn chặn;
nghiên cứu; nghiệm thu; nhân rộng; nhận diện; nhắc nhở; nêu gương; ổn định; phát động; phát hành; phát
hiện; phát huy; phát sóng; phát triển; phản ánh; phản bác; phân bổ; phân công; phân loại; phân tích; phê
duyệt; phổ biến; phòng ngừa; phòng, chống; phối hợp; phục vụ; phục hồi; quan trắc; quan tâm; quán triệt;
quản lý; quảng bá; quảng cáo; quyết định; quy hoạch; rà quét; rà soát; sản xuất; sắp xếp; số hóa; sơ kết;
sử dụng; sưu tầm; sửa chữa; sửa đổi; tạo điều kiện; tạo lập; tăng cường; tập hợp; tập huấn; tập trung;
tham gia; tham gia ý kiến; tham mưu; tham vấn; thanh tra; thay thế; theo dõi; thẩm định; thẩm tra; thăm
dò; thi công; thiết kế; thiết lập; thông báo; thông tin; thông qua; thống kê; thống nhất; thu gom; thu
hút; thu thập; thúc đẩy; thực hiện; thường xuyên; tích cực; tích hợp; tiến hành; tiếp cận; tiếp nhận; tiếp
tục; tiếp thu; tính toán; tìm hiểu; tìm kiếm; tổ chức; tổng hợp; tổng kết; trao đổi; trao tặng; trang bị;
trang trí; trả lời; trực tiếp; trình; trình bày; trích lập; tranh thủ; triển khai; triệt phá; trưng bày;
truyền dẫn; truyền thông; truy quét; tu bổ; tuần tra; tuyên dương; tuyên truyền; tuyển chọn; tuyển dụng;
tư vấn; ứng dụng; ứng phó; ưu tiên; vận dụng; vận động; vận hành; vinh danh; viết bài; vệ sinh; xác định;
xác minh; xây dựng; xem xét; xét; xét chọn; xử lý; xử phạt; xúc tiến; yêu cầu; định kỳ; hằng năm; hàng
năm; hằng quý; hằng tháng; đồng thời; sẵn sàng; nghiêm túc; làm; có trách nhiệm; chịu trách nhiệm; khẩn
trương; quyết liệt; lồng tiếng; đo lường; mua sắm; đấu thầu; đàm phán; ký kết; tìm giải pháp; có giải
pháp; có kế hoạch; có biện pháp; đồng tổ chức; đưa; thu; nộp; kết hợp; tái hòa nhập; truy tố; xét xử; thi
hành
"""
VERBS: tuple[str, ...] = tuple(
    sorted({" ".join(verb.split()) for verb in _VERBS.split(";") if verb.strip()}, key=lambda v: (-len(v), v))
)

# Tried at the start of a word, longest first; white space as it comes.
VERB = re.compile("(?:" + "|".join(re.escape(verb).replace(r"\ ", r"\s+") for verb in VERBS) + r")(?!\w)")
