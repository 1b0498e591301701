#include "tests/ui/kit/Pages.h"

namespace tram::kit::sample {
namespace {

ViewRef statusBar(bool online) {
    auto names = column({plainText("Phường Bàn Cờ", {.role = Type::SmallStrong}),
                         plainText("Trạm Công dân số", {.role = Type::Fine, .colour = Colour::Muted})},
                        {.gap = 0});
    auto pill = online ? statusPill({.text = "Có mạng", .mood = Mood::Ok})
                       : statusPill({.text = "Mất mạng – vẫn dùng được", .mood = Mood::Warn});
    auto bar =
        row({logo(), grow(names), pill,
             switchPill({.id = "lang", .labels = {"VI", "EN"}, .onPress = [] {}, .spoken = "Đổi ngôn ngữ"}),
             plainText("09:42", {.role = Type::Clock})},
            {.gap = 18});
    return strip(bar, Edge::Bottom, Insets::xy(32, 19));
}

ViewRef actionBar(Views buttons) {
    return strip(row(std::move(buttons), {.gap = 18}), Edge::Top, Insets::xy(32, 23));
}

ViewRef back() {
    return button({.id = "back", .label = "Quay lại", .icon = "arrow_back", .onPress = [] {}});
}
ViewRef finish() {
    return button({.id = "finish", .label = "Kết thúc", .icon = "logout", .onPress = [] {}});
}

ViewRef page(bool online, ViewRef body, ViewRef keys, Views buttons) {
    return column({statusBar(online),
                   grow(padding(std::move(body), {.left = 40, .top = 48, .right = 40, .bottom = 48})),
                   std::move(keys), actionBar(std::move(buttons))},
                  {.gap = 0});
}

ViewRef scrolled(Views parts, double gap = 32) {
    return grow(scroll("page", column(std::move(parts), {.gap = gap}), {"Trước", "Sau"}));
}

ViewRef home() {
    auto t = [](std::string id, std::string icon, TilePair pair, std::string title, std::string hint,
                std::string badge = "") {
        return tile({.id = id,
                     .icon = icon,
                     .pair = pair,
                     .title = title,
                     .hint = hint,
                     .badge = badge,
                     .onPress = [] {}});
    };
    auto tiles = grow(grid(
        2,
        {t("t1", "campaign", TilePair::Red, "Gửi phản ánh 1022", "Hạ tầng, môi trường, trật tự đô thị…"),
         t("t2", "folder_shared", TilePair::Blue, "Tra cứu hồ sơ", "Quét giấy hẹn hoặc nhập mã hồ sơ"),
         t("t3", "install_mobile", TilePair::Green, "Cài ứng dụng", "Công dân số, VNeID, VssID từng bước"),
         t("t4", "menu_book", TilePair::Orange, "Thủ tục hành chính", "Giấy tờ cần có, lệ phí, thời gian"),
         t("t5", "place", TilePair::Violet, "Tiện ích quanh đây", "Trường học, y tế, cơ quan, xe buýt"),
         t("t6", "notifications", TilePair::Teal, "Tin tức · Khảo sát", "Thông báo của phường và Thành phố"),
         t("t7", "sentiment_satisfied", TilePair::Yellow, "Đánh giá mức độ hài lòng",
           "Về nơi đã giải quyết hồ sơ", "Sắp có"),
         t("t8", "apps", TilePair::Slate, "Tất cả dịch vụ", "Du lịch, xây dựng, khu phố, hướng dẫn…")},
        {.fill = true}));
    auto login = button({.id = "vneid",
                         .label = "Đăng nhập VNeID (không bắt buộc)",
                         .icon = "qr_code_2",
                         .kind = ButtonKind::Vneid,
                         .onPress = [] {},
                         .wide = true});
    login->weight = 0;
    auto body = column({paragraph("Cần hỗ trợ việc gì?", {.role = Type::Display, .heading = true}),
                        std::move(tiles), login});
    return page(
        true, grow(scroll("page", body, {"Trước", "Sau"})), nullptr,
        {button({.id = "big", .label = "Chữ to", .icon = "format_size", .onPress = [] {}}),
         button({.id = "low", .label = "Hạ thấp", .icon = "vertical_align_bottom", .onPress = [] {}}),
         spacer(), button({.id = "call", .label = "Gọi cán bộ", .icon = "support_agent", .onPress = [] {}})});
}

ViewRef feedback(const Models& m) {
    Views chips;
    for (const char* text : {"Nắp cống bị vỡ", "Nắp cống bị mất", "Nước không thoát", "Mùi hôi"})
        chips.push_back(button(
            {.id = std::string("chip.") + text, .label = text, .kind = ButtonKind::Chip, .onPress = [] {}}));
    auto field = grow(textField({.id = "what",
                                 .model = m.text,
                                 .placeholder = "Kể lại sự việc",
                                 .multiline = true,
                                 .minLines = 2,
                                 .hint = "Bấm câu mẫu hoặc tự gõ · ít nhất 10 ký tự",
                                 .counter = "98 / 2.000",
                                 .spoken = "Mô tả sự việc"}));
    auto body =
        column({stepper({.title = "Mô tả sự việc", .label = "Bước 2 / 6", .done = 2, .total = 6}),
                plainText("Thoát nước – nắp cống", {.colour = Colour::Muted}), wrap(std::move(chips)), field},
               {.gap = 24});
    return page(false, grow(scroll("page", body, {"Trước", "Sau"})),
                keyboard({.model = m.text, .state = m.keyboard, .words = keyboardWords(), .onHide = [] {}}),
                {back(), finish(), spacer(),
                 button({.id = "next",
                         .label = "Tiếp tục",
                         .icon = "arrow_forward",
                         .kind = ButtonKind::Primary,
                         .onPress = [] {}})});
}

ViewRef receipt() {
    const auto code = qr::QrCode::encode("https://tram.example/t/K7M3Q9X2TW#7Xw2mQpR9sT4vY8z");
    auto right = column(
        {plainText("Mã theo dõi", {.role = Type::Caption, .colour = Colour::Muted}),
         plainText("K7M-3Q9\nX2T-W", {.role = Type::Code, .spoken = "K 7 M, 3 Q 9, X 2 T, W"}),
         paragraph(
             "Quét bằng điện thoại để theo dõi và đọc trả lời. Đọc mã qua điện thoại chỉ biết tình trạng.",
             {.role = Type::Caption, .colour = Colour::Muted})},
        {.gap = 8});
    right->weight = 1;
    auto body =
        scrolled({column({hero("schedule_send", Mood::Warn), gap(0),
                          paragraph("Đã lưu, đang chờ gửi",
                                    {.role = Type::Display, .align = Align::Centre, .heading = true}),
                          padding(paragraph("Trạm đang mất mạng. Phản ánh đã được mã hoá, cất giữ an toàn và "
                                            "sẽ **tự gửi khi có mạng**.",
                                            {.colour = Colour::Muted, .align = Align::Centre}),
                                  Insets::xy(50, 0))},
                         {.gap = 16}),
                  truths({{.label = "Đã lưu tại trạm", .detail = "09:41", .state = TruthState::Done},
                          {.label = "Cổng thành phố", .detail = "chưa nhận", .state = TruthState::Waiting},
                          {.label = "1022", .detail = "tiếp nhận", .state = TruthState::Ahead}}),
                  card(row({code ? qr(*code, 330, "Mã QR để theo dõi") : nullptr, right}, {.gap = 36})),
                  card(facts({{"Lĩnh vực", "Thoát nước – nắp cống"},
                              {"Địa điểm", "12 Nguyễn Thiện Thuật, P. Bàn Cờ"},
                              {"Người gửi", "Có ghi tên, giấu khi công khai"}}))});
    return page(false, body, nullptr,
                {button({.id = "print",
                         .label = "In mã theo dõi",
                         .icon = "print",
                         .kind = ButtonKind::Outline,
                         .onPress = [] {}}),
                 button({.id = "other", .label = "Việc khác", .icon = "home", .onPress = [] {}}), spacer(),
                 button({.id = "finish",
                         .label = "Kết thúc",
                         .icon = "logout",
                         .kind = ButtonKind::Primary,
                         .onPress = [] {}})});
}

ViewRef problem() {
    const auto code = qr::QrCode::encode("https://congdanso.tphcm.gov.vn");
    auto todo = card(column(
        {plainText("Có thể làm ngay", {.role = Type::Title}),
         paragraph(
             "• Chụp mã dưới đây để tự tra cứu trên điện thoại.\n• Hỏi tại quầy hướng dẫn, hoặc gọi 1022.")},
        {.gap = 12}));
    auto middle = column(
        {hero("wifi_off", Mood::Warn, true),
         paragraph("Chưa tra cứu được lúc này",
                   {.role = Type::Display, .align = Align::Centre, .heading = true}),
         paragraph("Trạm đang mất mạng nên chưa hỏi được hệ thống hồ sơ.\nKhông có thông tin nào bị mất.",
                   {.colour = Colour::Muted, .align = Align::Centre}),
         todo,
         row({card(code ? qr(*code, 300, "Mã QR trang tra cứu") : nullptr)}, {.justify = Align::Centre})},
        {.gap = 32, .justify = Align::Centre});
    return page(false, grow(scroll("page", middle, {"Trước", "Sau"})), nullptr,
                {back(), finish(), spacer(),
                 button({.id = "again",
                         .label = "Thử lại",
                         .icon = "refresh",
                         .kind = ButtonKind::Primary,
                         .onPress = [] {}})});
}

ViewRef dossier() {
    auto body = scrolled(
        {column({plainText("Mã hồ sơ H29.168-261105-0042", {.role = Type::Caption, .colour = Colour::Muted}),
                 paragraph("Đăng ký biến động đất đai", {.role = Type::Display, .heading = true})},
                {.gap = 0}),
         banner({.mood = Mood::Warn,
                 .icon = "assignment_late",
                 .title = "Cần bổ sung giấy tờ",
                 .text = "Nộp thêm trước 27/11/2026 để không trễ hẹn"}),
         card(column(
             {plainText("Việc cần làm", {.role = Type::Title}),
              paragraph("1. Mang bản chính **giấy chứng nhận quyền sử dụng đất**.\n2. Nộp tại Trung tâm Phục "
                        "vụ hành chính công phường Bàn Cờ, quầy 3, giờ hành chính; hoặc nộp trực tuyến.")},
             {.gap = 16})),
         card(column(
             {plainText("Quá trình", {.role = Type::Title}),
              timeline({{"assignment_late", "Yêu cầu bổ sung giấy tờ",
                         "20/11/2026 14:30 · Trung tâm Phục vụ hành chính công P. Bàn Cờ", Mood::Info},
                        {"sync", "Đang xử lý", "06/11/2026 08:00", Mood::Ok},
                        {"check", "Được tiếp nhận", "05/11/2026 08:15 · hẹn trả 01/12/2026", Mood::Ok}})},
             {.gap = 24})),
         paragraph("Nguồn: Hệ thống giải quyết thủ tục hành chính TP.HCM · cập nhật 09:40, 21/11/2026",
                   {.role = Type::Caption, .colour = Colour::Muted, .align = Align::Centre}),
         row({button({.id = "phone",
                      .label = "Lưu về điện thoại",
                      .icon = "qr_code_2",
                      .kind = ButtonKind::Outline,
                      .onPress = [] {},
                      .wide = true}),
              button({.id = "paper",
                      .label = "In",
                      .icon = "print",
                      .kind = ButtonKind::Outline,
                      .onPress = [] {},
                      .wide = true})},
             {.gap = 24})},
        28);
    return page(true, body, nullptr,
                {back(), finish(), spacer(),
                 button({.id = "call", .label = "Gọi cán bộ", .icon = "support_agent", .onPress = [] {}})});
}

ViewRef controls() {
    auto body = scrolled(
        {stepper({.title = "Ai gửi phản ánh?", .label = "Bước 5 / 6", .done = 5, .total = 6}),
         column({choice({.id = "c1",
                         .label = "Ghi tên",
                         .explanation = "Cơ quan xử lý biết tên và liên hệ được.",
                         .selected = true,
                         .onPress = [] {}}),
                 choice({.id = "c2",
                         .label = "Ghi tên, giấu khi công khai",
                         .explanation = "Tên chỉ cơ quan xử lý biết.",
                         .onPress = [] {}}),
                 choice({.id = "c3",
                         .label = "Không ghi tên",
                         .explanation = "Không gửi tên; sẽ không ai gọi lại được.",
                         .enabled = false,
                         .onPress = [] {}})},
                {.gap = 16}),
         check({.id = "agree",
                .label = "Đồng ý để **Ủy ban nhân dân phường Bàn Cờ** dùng tên và số điện thoại chỉ để xử lý "
                         "phản ánh này.",
                .checked = true,
                .onPress = [] {}}),
         check({.id = "agree2",
                .label = "Đồng ý nhận tin trả lời qua điện thoại.",
                .onPress = [] {},
                .error = "Cần chọn trước khi gửi"}),
         banner({.mood = Mood::Danger,
                 .icon = "local_fire_department",
                 .text = "Nguy hiểm đến tính mạng, cháy, điện rò: gọi **112–115** ngay"}),
         wrap({button({.id = "k1",
                       .label = "Y tế",
                       .kind = ButtonKind::Chip,
                       .selected = true,
                       .onPress = [] {}}),
               button({.id = "k2", .label = "Trường học", .kind = ButtonKind::Chip, .onPress = [] {}}),
               button({.id = "k3", .label = "Xe buýt", .kind = ButtonKind::Chip, .enabled = false})}),
         wrap({button({.id = "b1", .label = "Chính", .kind = ButtonKind::Primary, .onPress = [] {}}),
               button({.id = "b2",
                       .label = "Xoá",
                       .icon = "delete",
                       .kind = ButtonKind::Danger,
                       .onPress = [] {}}),
               button({.id = "b3", .label = "Bỏ qua", .kind = ButtonKind::Quiet, .onPress = [] {}}),
               button({.id = "b4", .label = "Chưa được", .enabled = false}),
               button({.id = "b5", .label = "Đã chọn", .selected = true, .onPress = [] {}})}),
         progressBar(0.8, "Còn 24 giây")},
        24);
    return page(true, body, nullptr,
                {back(), spacer(),
                 button({.id = "next",
                         .label = "Tiếp tục",
                         .icon = "arrow_forward",
                         .kind = ButtonKind::Primary,
                         .enabled = false,
                         .main = true})});
}

ViewRef fields(const Models& m) {
    auto body = scrolled({paragraph("Theo dõi phản ánh", {.role = Type::Display, .heading = true}),
                          textField({.id = "code",
                                     .model = m.code,
                                     .placeholder = "K7M-3Q9-X2T-W",
                                     .label = "Mã theo dõi",
                                     .error = "Ký tự cuối không khớp: xem lại mã trên giấy",
                                     .large = true})});
    return page(
        true, body,
        keyboard({.model = m.code,
                  .state = m.keyboard,
                  .layout = KeyboardLayout::Code,
                  .words = keyboardWords(),
                  .onHide = [] {}}),
        {back(), finish(), spacer(),
         button(
             {.id = "next", .label = "Tra cứu", .icon = "search", .kind = ButtonKind::Primary, .onPress = [] {
              }})});
}

ViewRef list() {
    Views rows;
    for (int i = 1; i <= 24; ++i)
        rows.push_back(listRow({.id = "row." + std::to_string(i),
                                .icon = "place",
                                .pair = TilePair::Violet,
                                .title = "Phường số " + std::to_string(i),
                                .detail = "Trước là phường " + std::to_string(i) + ", quận 3",
                                .right = std::to_string(350 * i) + " m",
                                .selected = i == 2,
                                .onPress = [] {}}));
    auto body = column({paragraph("Sự việc ở phường nào?", {.role = Type::Display, .heading = true}),
                        scrolled(std::move(rows), 16)},
                       {.gap = 24});
    return page(true, body, nullptr, {back(), finish()});
}

ViewRef keyboardPage(const Models& m, KeyboardLayout layout) {
    auto body = scrolled({textField({.id = "contact", .model = m.code, .label = "Liên hệ", .icon = "call"})});
    return page(true, body,
                keyboard({.model = m.code,
                          .state = m.keyboard,
                          .layout = layout,
                          .words = keyboardWords(),
                          .onHide = [] {}}),
                {back()});
}

ViewRef countdown() {
    auto box = card(sized(
        column(
            {paragraph("Còn ở đây không?", {.role = Type::Display, .align = Align::Centre, .heading = true}),
             paragraph("Trạm sẽ tự xoá mọi thông tin sau **24 giây**.", {.align = Align::Centre}),
             progressBar(0.8, "Còn 24 giây"),
             row({button({.id = "stay",
                          .label = "Tiếp tục sử dụng",
                          .kind = ButtonKind::Primary,
                          .onPress = [] {},
                          .wide = true})})}),
        {.maxWidth = 800}));
    return overlay(receipt(), box);
}

ViewRef pictures() {
    Views tiles;
    for (int i = 1; i <= 3; ++i)
        tiles.push_back(pictureTile({.id = "pic." + std::to_string(i),
                                     .key = "none",
                                     .jpeg = std::make_shared<const std::string>("no picture"),
                                     .caption = "Ảnh " + std::to_string(i),
                                     .removeLabel = "Bỏ ảnh",
                                     .onRemove = [] {},
                                     .unreadable = "Không mở được ảnh này"}));
    return page(true,
                scrolled({stepper({.title = "Thêm hình ảnh", .label = "Bước 4 / 6", .done = 4, .total = 6}),
                          grid(3, std::move(tiles))}),
                nullptr, {back()});
}

ViewRef charts() {
    const std::vector<ChartMark> week{{"T2", 12, "12", "Thứ Hai"}, {"T3", 17, "17", "Thứ Ba"},
                                      {"T4", 9, "9", "Thứ Tư"},    {"T5", 16, "16", "Thứ Năm"},
                                      {"T6", 21, "21", "Thứ Sáu"}, {"T7", 0, "0", "Thứ Bảy"}};
    auto bars = card(column({plainText("Cài ứng dụng tuần này: 75 / 120", {.role = Type::Title}),
                             barChart({.id = "bars", .spoken = "Cài ứng dụng theo ngày", .marks = week})}));
    auto line = card(column({plainText("Theo ngày", {.role = Type::Title}),
                             lineChart({.id = "line", .spoken = "Theo ngày", .marks = week})}));
    auto shares = card(
        column({plainText("Theo khu phố", {.role = Type::Title}),
                shareChart({.id = "shares",
                            .spoken = "Theo khu phố",
                            .marks = {{"Khu phố 1", 84, "84 / 120"},
                                      {"Khu phố 2, hội viên Hội Liên hiệp Phụ nữ phường", 120, "120 / 120"},
                                      {"Khu phố 3", 0, "0 / 120"}},
                            .most = 120})}));
    return page(true, scrolled({bars, line, shares}), nullptr, {back()});
}

}  // namespace

Models::Models()
    : text(std::make_shared<TextEdit>(TextEdit::Options{.limit = 2000, .multiline = true})),
      code(std::make_shared<TextEdit>(TextEdit::Options{.limit = 13, .accept = Accept::Code})) {
    text->set(
        "Nắp cống trước số 12 đường Nguyễn Thiện Thuật bị vỡ, nước đọng, xe máy dễ té ngã. Đề nghị sửa gấp.");
    code->set("K7M-3Q9-X2T-W");
}

KeyboardWords keyboardWords() {
    return {.sac = "sắc",
            .huyen = "huyền",
            .hoi = "hỏi",
            .nga = "ngã",
            .nang = "nặng",
            .telex = "Telex",
            .vni = "VNI",
            .off = "Tắt dấu",
            .space = "dấu cách",
            .hide = "Ẩn bàn phím",
            .enter = "Xuống dòng",
            .letters = "abc",
            .shift = "Chữ hoa",
            .backspace = "Xoá lùi"};
}

std::map<std::string, ViewRef> pages(const Models& m) {
    return {{"home", home()},
            {"feedback", feedback(m)},
            {"receipt", receipt()},
            {"problem", problem()},
            {"dossier", dossier()},
            {"controls", controls()},
            {"fields", fields(m)},
            {"list", list()},
            {"overlay", countdown()},
            {"pictures", pictures()},
            {"charts", charts()},
            {"numbers", keyboardPage(m, KeyboardLayout::Number)},
            {"mail", keyboardPage(m, KeyboardLayout::Email)}};
}

}  // namespace tram::kit::sample
