#pragma once
#include <catch2/catch.hpp>
#include <cctype>

#include "Visit.h"
#include "identity/ScanBurst.h"
#include "tests/support/FakeCamera.h"
#include "ui/kit/EventTime.h"

namespace tram::ui::test {

// Made up as facts/README.md says cards are: nobody has these numbers.
inline const char* const kCard = "079190001234||Nguyễn Thị Lan|15051990|Nữ|12 Nguyễn Trãi|10052021";
/// The same person's, in letters that scanByHand knows keys for.
inline const char* const kPlainCard = "079190001234||Nguyen Thi Lan|15051990|Nu|12 Nguyen Trai|10052021";
inline const char* const kInsurance =
    "4797900012|4e677579e1bb856e205468e1bb8b204c616e|15/05/1990|2|3132|79 - 025|01/01/2025|-|01/01/2025";

/// Keys as GTK tells a scanner's, 5 ms apart by the X server's clock: wx's simulator takes 80 ms for each,
/// and what another process types waits for a busy machine. '\r' is Enter.
inline void typeFast(Visit& visit, const std::string& keys, kit::Moment at) {
    constexpr wxUint32 kReturnSymbol = 0xff0d;
    for (const char c : keys) {
        for (const auto type : {wxEVT_KEY_DOWN, wxEVT_KEY_UP}) {
            wxKeyEvent event(type);
            event.m_keyCode = std::toupper(static_cast<unsigned char>(c));
            event.m_rawCode = c == '\r' ? kReturnSymbol : static_cast<wxUint32>(c);
            event.SetTimestamp(static_cast<long>(at.count()));
            visit.kiosk().surface().HandleWindowEvent(event);
        }
        at += kit::Moment(5);
    }
}

/// A whole text, by somebody who has seen the page and put down what a hand was at.
inline void scanByHand(Visit& visit, const std::string& text) {
    visit.robot().look();
    const auto seen = kit::monotonicNow();
    runUntil([&] { return kit::monotonicNow() > seen + identity::ScanBurst::kPause; });
    typeFast(visit, text + "\r", kit::monotonicNow());
    visit.robot().settle();
}

/// The real scheduler, but what waits waits for the test.
class HeldMoments final : public base::Scheduler {
  public:
    explicit HeldMoments(base::Scheduler& real) : real_(real) {}
    void background(Task task) override { real_.background(std::move(task)); }
    void onUi(std::weak_ptr<void> token, Task task) override {
        real_.onUi(std::move(token), std::move(task));
    }
    void after(base::Millis, std::weak_ptr<void> token, Task task) override {
        held_.emplace_back(std::move(token), std::move(task));
    }
    void pass() {
        for (auto& [token, task] : std::exchange(held_, {}))
            if (const auto alive = token.lock()) task();
    }

  private:
    base::Scheduler& real_;
    std::vector<std::pair<std::weak_ptr<void>, Task>> held_;
};

/// A kiosk on its home page; what its camera sees is in the test's hands.
struct ScanVisit {
    std::shared_ptr<tram::test::FakeCamera> camera = std::make_shared<tram::test::FakeCamera>();
    Visit visit{"vi"};

    ScanVisit() {
        auto services = visit.kiosk().services();
        services.camera = camera;
        visit.kiosk().useServices(services);
        visit.robot().tap("start");
        REQUIRE(visit.arrives("home"));
    }
    void look() {
        visit.robot().tap("tile.scan");
        REQUIRE(visit.arrives("scan_looking"));
        REQUIRE(camera->on());
    }
    /// Beside the tick's own strokes, where its ground is.
    wxColour overFilm() {
        const auto& surface = visit.kiosk().surface();
        const auto film = surface.find("scan.film")->rect();
        const int up = surface.theme().px(66);
        const auto image = surface.picture().ConvertToImage();
        const int x = film.x + film.width / 2, y = film.y + film.height / 2 - up;
        return {image.GetRed(x, y), image.GetGreen(x, y), image.GetBlue(x, y)};
    }
    void use(base::Scheduler& scheduler, std::function<void()> chime) {
        auto services = inTime(visit.kiosk().services(), visit.kiosk().services().clock, scheduler);
        services.chime = std::move(chime);
        visit.kiosk().useServices(services);
    }
    wxColour ok() { return visit.kiosk().theme().colour(kit::Colour::Ok); }
    void handScan(const std::string& text) { scanByHand(visit, text); }
    void toTextOfReport() {
        visit.robot().tap("tile.feedback");
        REQUIRE(visit.arrives("feedback_field"));
        visit.robot().tap("field.thoat-nuoc");
        REQUIRE(visit.arrives("feedback_text"));
    }
    feedback::FeedbackFlow& flow() { return visit.feedback().flow(); }
    void onToWho() {
        visit.robot().type("nuwowcs ngaapj tuwf sangs");
        for (const char* page : {"feedback_place", "feedback_pictures", "feedback_who"}) {
            visit.robot().tap("next");
            REQUIRE(visit.arrives(page));
        }
    }
};

}  // namespace tram::ui::test
