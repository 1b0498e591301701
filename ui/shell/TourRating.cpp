#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/RatingScreen.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

namespace {

constexpr std::chrono::hours kCityAhead{7};

wire::VisitToken ticketOf(const screens::Services& real, int daysAgo) {
    const auto today = std::chrono::floor<std::chrono::days>(real.clock.wall() + kCityAhead);
    return {"27154", today - std::chrono::days(daysAgo), crypto::Bytes(wire::VisitToken::kNonceBytes, 1),
            crypto::Bytes(wire::VisitToken::kSealBytes, 2)};
}

}  // namespace

/// From the tile to the thanks, and what may come in between. Nothing of it is sent: a store in memory.
void Tour::planRating() {
    stop(
        "ratings",
        [this] {
            homeAgain();
            press("tile.rating");
        },
        [this] { return at("ratings"); });
    stop("ratings-dossier", [this] { press("dossier"); }, [this] { return at("ratings_dossier"); });
    stop(
        "rating-faces",
        [this] {
            useMemoryOutbox(std::make_shared<outbox::MemoryOutboxStore>());
            screens::rateVisit(kiosk_, ticketOf(real_, 0));
        },
        [this] { return at("rating_faces"); });
    stop("rating-reasons-bad", [this] { press("face.2"); }, [this] { return at("rating_reasons"); });
    stop("rating-reasons-good", [this] {
        press("back");
        press("face.5");
        press("reason.polite");
    });
    stop("rating-words", [this] { press("next"); }, [this] { return at("rating_words"); });
    stop("rating-done", [this] { press("send"); }, [this] { return at("rating_done"); });
    stop(
        "visit-other-day",
        [this] {
            homeAgain();
            screens::rateVisit(kiosk_, ticketOf(real_, 1));
        },
        [this] { return at("visit_other_day"); });
    stop(
        "fault-parts",
        [this] {
            useMemoryOutbox(std::make_shared<outbox::MemoryOutboxStore>());
            press("tile.rating");
            press("fault");
        },
        [this] { return at("fault_parts"); });
    stop("fault-words", [this] { press("part.printer"); }, [this] { return at("fault_words"); });
    stop("fault-done", [this] { press("send"); }, [this] { return at("fault_done"); });
    const auto handedOver = [this](bool rated) {
        homeAgain();
        auto services = real_;
        services.dossier = [rated](const std::string& code) -> base::Result<wire::DossierStatus> {
            wire::DossierStatus status;
            status.code = code;
            status.procedure = "Đăng ký khai sinh";
            status.state = wire::DossierState::HandedOver;
            status.office = "Trung tâm Phục vụ hành chính công phường Bàn Cờ";
            status.rateable = !rated;
            status.rated = rated;
            if (!rated) status.rate = "AAAAAAAAAAAAAAAAAAAAAA";
            status.source = "Hệ thống giải quyết thủ tục hành chính TP.HCM";
            status.asOf = "2026-11-30T08:00:00+07:00";
            return status;
        };
        kiosk_.useServices(services);
        kiosk_.open(std::make_unique<screens::DossierScreen>(kiosk_, "H29.168-261105-0042"));
    };
    stop("dossier-rateable", [handedOver] { handedOver(false); }, [this] { return at("dossier_status"); });
    stop("dossier-rated", [handedOver] { handedOver(true); }, [this] { return at("dossier_status"); });
}

}  // namespace tram::shell
