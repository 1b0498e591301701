#include "content/Alerts.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using content::ShownAlert;

namespace {

ShownAlert flood(base::WallTime now) {
    ShownAlert alert;
    alert.key = "flood";
    alert.identifier = "VN-HCM-2026-0192";
    alert.covers = true;
    alert.severity = cap::Severity::Severe;
    alert.sent = now - std::chrono::minutes(2);
    alert.until = now + std::chrono::hours(11);
    alert.language = "vi";
    alert.senderName = "Ban Chỉ huy Phòng thủ dân sự Thành phố";
    alert.headline = "Triều cường dâng cao, nhiều tuyến đường ngập sâu";
    alert.description =
        "Đỉnh triều dự kiến lúc 17:00 hôm nay. Không đi qua đường Trần Xuân Soạn, Huỳnh Tấn Phát và khu vực "
        "ven kênh.";
    alert.instruction =
        "1. Đưa xe và đồ điện lên cao.\n2. Giữ trẻ em xa miệng cống.\n3. Theo dõi thông báo của phường.";
    alert.area = "Thành phố Hồ Chí Minh";
    return alert;
}

ShownAlert drill(base::WallTime now) {
    auto alert = flood(now);
    alert.key = "drill";
    alert.drill = true;
    alert.headline = "Diễn tập sơ tán khi cháy chung cư";
    alert.description = "Chuông báo cháy sẽ kêu, kéo dài 10 phút. Không có cháy thật.";
    alert.instruction = "Đi bộ xuống cầu thang, không dùng thang máy.";
    return alert;
}

ShownAlert notice(base::WallTime now) {
    auto alert = flood(now);
    alert.key = "notice";
    alert.covers = false;
    alert.severity = cap::Severity::Moderate;
    alert.headline = "Nắng nóng trên 36 độ trong hai ngày tới";
    alert.description = "Hạn chế ra đường từ 11 giờ đến 15 giờ.";
    alert.instruction = "Uống đủ nước. Để ý người già và trẻ nhỏ.";
    return alert;
}

}  // namespace

void Tour::alertsAre(std::vector<ShownAlert> alerts) {
    auto services = real_;
    services.alerts = [alerts = std::move(alerts)](std::string_view) { return alerts; };
    kiosk_.useServices(services);
    kiosk_.drawNow();
}

/// From the attract page to home.
void Tour::planAlerts() {
    stop(
        "alert-attract", [this] { alertsAre({flood(real_.clock.wall())}); },
        [this] { return shows("page.alert"); });
    stop("alert", [this] { press("start"); }, [this] { return at("alert"); });
    stop("alert-over", [this] { alertsAre({}); }, [this] { return at("alert_over") && !shows("alerts"); });
    stop("home", [this] { press("done"); }, [this] { return at("home"); });
    stop(
        "alert-drill", [this] { alertsAre({drill(real_.clock.wall())}); },
        [this] { return at("alert_drill"); });
    stop("home-drill", [this] { press("read"); }, [this] { return at("home") && shows("alerts"); });
    stop(
        "home-alert",
        [this] {
            auto another = flood(real_.clock.wall());
            another.key = "another";  // the first has been read
            alertsAre({std::move(another)});
        },
        [this] { return at("alert"); });
    stop("home-alert-read", [this] { press("read"); }, [this] { return at("home") && shows("alerts"); });
    stop(
        "alert-notice",
        [this] {
            alertsAre({notice(real_.clock.wall())});
            press("alerts");
        },
        [this] { return at("alert_notice"); });
    stop("home-none", [this] { homeAgain(); }, [this] { return at("home"); });
}

}  // namespace tram::shell
