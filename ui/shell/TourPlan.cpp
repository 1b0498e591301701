#include <cstdio>

#include "crypto/Keys.h"
#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/shell/SetupFrame.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using Link = device::AgentState::Link;

namespace {

class FullDisk final : public outbox::MemoryOutboxStore {
  public:
    base::Result<std::int64_t> add(outbox::Item) override { return base::fail(ProblemKind::DiskFull); }
};

const char* const kReport =
    "Nắp cống trước số 12 đường Nguyễn Thiện Thuật bị vỡ, nước đọng, xe máy dễ té ngã. Đề nghị sửa gấp.";

std::function<base::Result<wire::FeedbackStatus>(const std::string&, const base::SecretText&)> failing(
    ProblemKind kind) {
    return [kind](const std::string&, const base::SecretText&) -> base::Result<wire::FeedbackStatus> {
        return base::fail(kind, {{"retry_after_s", "300"}});
    };
}

}  // namespace

void Tour::plan() {
    stop("attract", [] {});
    planAlerts();
    planHelp();
    planCity();
    planReport();
    planOutcomes();
    planFollow();
    planDossier();
    planWatch();
    planTurns();
    planAppointments();
    planRating();
    planStaff();
    planDuty();
    planPapers();
    planLogin();
    planLoggedIn();
    planScan();
    planPictures();
}

void Tour::planHelp() {
    stop("home-offline", [this] { kiosk_.force({.link = Link::Offline}); });
    stop("home-not-sent", [this] { kiosk_.force({.link = Link::SendingFails}); });
    if (kiosk_.theme().portrait()) {
        stop("home-lowered", [this] {
            kiosk_.force({});
            press("lower");
        });
        stop("home-raised", [this] { press("lower"); });
    }
    stop("countdown", [this] { kiosk_.force({.secondsLeft = 28}); });
    stop(
        "display",
        [this] {
            kiosk_.force({});
            press("display");
        },
        [this] { return at("display"); });
    stop(
        "call-told",
        [this] {
            homeAgain();
            press("call");
        },
        [this] { return shows("confirm") && at("call"); });
    stop("call-told", [this] { press("confirm"); }, [this] { return shows("done") && at("call"); });
    stop(
        "call-failed",
        [this] {
            homeAgain();
            auto services = real_;
            services.callOfficer = []() -> base::Result<void> { return base::fail(ProblemKind::NoNetwork); };
            kiosk_.useServices(services);
            press("call");
            press("confirm");
        },
        [this] { return shows("retry"); });
    stop(
        "feedback-setup-problem",
        [this] {
            homeAgain();
            auto services = real_;
            services.fields = []() -> base::Result<wire::FeedbackFields> {
                return base::fail(ProblemKind::FileMissing);
            };
            kiosk_.useServices(services);
            press("tile.feedback");
        },
        [this] { return at("problem_file_missing"); });
}

void Tour::planReport() {
    stop("home-again", [this] { homeAgain(); }, [this] { return at("home"); });
    stop("feedback-field", [this] { press("tile.feedback"); }, [this] { return at("feedback_field"); });
    stop(
        "feedback-text-empty", [this] { press("field." + real_.fields()->fields.front().id); },
        [this] { return at("feedback_text"); });
    stop("feedback-text-too-short", [this] {
        type("text", "Hư");
        press("next");
    });
    stop("feedback-text", [this] { type("text", kReport); });
    stop(
        "feedback-text-symbols", [this] { press("key.symbols"); },
        [this] { return !shows("key.symbols") || shows("key.@"); });
    stop(
        "feedback-text-no-keyboard",
        [this] {
            press("key.symbols");
            press("key.hide");
        },
        [this] { return !shows("key.space"); });
    stop("feedback-place", [this] { press("next"); }, [this] { return at("feedback_place"); });
    stop("feedback-place-search", [this] { type("ward.search", "phuong 4 quan 3"); });
    stop("feedback-place-none", [this] { type("ward.search", "xyzw"); });
    stop("feedback-place-again", [this] { type("ward.search", ""); });
    stop("feedback-place-address", [this] { type("address", "12 Nguyễn Thiện Thuật"); });
    stop(
        "feedback-pictures", [this] { press("next"); },
        [this] { return at("feedback_pictures") && shows("sample.0"); });
    stop(
        "feedback-phone", [this] { press("phone.pictures"); },
        [this] { return at("feedback_phone") && shows("phone.state"); });
    stop("feedback-pictures-again", [this] { press("done"); }, [this] { return at("feedback_pictures"); });
    stop(
        "feedback-pictures-two",
        [this] {
            press("sample.0");
            press("sample.1");
        },
        [this] {
            auto& screen = static_cast<screens::FeedbackScreen&>(kiosk_.screen());
            return screen.flow().draft().pictures.size() == 2;
        });
    stop(
        "feedback-pictures-problem",
        [this] { static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow().addPicture("/dev/null"); },
        [this] { return shows("why.picture"); });
    stop("feedback-who", [this] { press("next"); }, [this] { return at("feedback_who"); });
    stop(
        "feedback-who-issues",
        [this] {
            press("who.name_hidden");
            press("next");
        },
        [this] { return shows("name"); });
    stop(
        "feedback-who-keyboard", [this] { type("name", "Nguyễn Thị Lan"); },
        [this] { return shows("key.space"); });
    stop("feedback-who-phone", [this] { type("phone", "0901 234 567"); }, [this] { return shows("key.1"); });
    stop(
        "feedback-who-anonymous",
        [this] {
            kiosk_.leaveField();
            press("who.anonymous");
        },
        [this] { return !shows("name"); });
    stop("feedback-who-hidden", [this] { press("who.name_hidden"); }, [this] { return shows("name"); });
    stop(
        "feedback-who-filled",
        [this] {
            type("name", "Nguyễn Thị Lan");
            type("phone", "0901 234 567");
            kiosk_.leaveField();
            press("consent");
        },
        [this] { return !shows("key.space"); });
    stop("feedback-check", [this] { press("next"); }, [this] { return at("feedback_check"); });
    stop("receipt-sent", [this] { press("send"); }, [this] { return at("receipt"); });
    stop(
        "receipt-taken", [] {},
        [this] {
            code_ = receipt()->code.symbols();
            return receipt()->status && receipt()->status->state != wire::FeedbackState::Received;
        });
    stop(
        "receipt-answered", [] {},
        [this] {
            const auto& status = receipt()->status;
            return status && status->opened && !status->opened->answer.empty();
        });
}

const feedback::Receipt* Tour::receipt() const {
    return static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow().receipt();
}

void Tour::useMemoryOutbox(std::shared_ptr<outbox::OutboxStore> store) {
    homeAgain();
    memory_ = std::move(store);
    auto services = real_;
    services.outbox = std::make_shared<outbox::Outbox>(
        memory_,
        outbox::Outbox::Keys{services.station.kioskId, services.station.prefix,
                             crypto::SigningKey::generate(), crypto::OpeningKey::generate().sealingKey(),
                             base::SecretBytes(crypto::randomBytes(32))},
        services.clock);
    services.status = failing(ProblemKind::NotFound);
    kiosk_.useServices(services);
}

/// A new report, without a name, filled in and sent.
void Tour::sendAnother() {
    press("tile.feedback");
    auto& flow = static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow();
    flow.chooseField(flow.fields().fields.front().id);
    flow.setText(kReport);
    flow.next();
    flow.next();
    flow.next();
    flow.setDisclosure(wire::Disclosure::Anonymous);
    flow.setConsent(true, "tour");
    flow.next();
    flow.send();
}

void Tour::planOutcomes() {
    stop(
        "receipt-waiting-offline",
        [this] {
            useMemoryOutbox(std::make_shared<outbox::MemoryOutboxStore>());
            kiosk_.force({.link = Link::Offline});
            sendAnother();
        },
        [this] { return at("receipt"); });
    stop("receipt-waiting-online", [this] { kiosk_.force({.link = Link::Online}); });
    stop(
        "receipt-gateway",
        [this] {
            const auto items = memory_->list(std::nullopt, 1);
            memory_->markAccepted(items->front().id, real_.clock.wall());
        },
        [this] { return receipt() && receipt()->gatewayAt; });
    stop(
        "receipt-stuck",
        [this] {
            useMemoryOutbox(std::make_shared<outbox::MemoryOutboxStore>());
            sendAnother();
        },
        [this] {
            if (!at("receipt")) return false;
            const auto items = memory_->list(std::nullopt, 1);
            memory_->markNeedsAttention(items->front().id, "conflict");
            return !receipt()->stuck.empty();
        });
    stop(
        "feedback-problem-disk",
        [this] {
            useMemoryOutbox(std::make_shared<FullDisk>());
            sendAnother();
        },
        [this] { return at("feedback_problem"); });
}

void Tour::planFollow() {
    stop(
        "follow-code",
        [this] {
            homeAgain();
            press("tile.follow");
        },
        [this] { return at("follow_code"); });
    stop("follow-code-wrong", [this] { type("code", "K7M3Q9X2TX"); });
    stop("follow-code-right", [this] { type("code", code_); });
    stop("follow-status", [this] { press("ask"); }, [this] { return at("follow_status"); });
    stop(
        "follow-not-arrived",
        [this] {
            press("back");
            const auto unknown = base::TrackingCode::make(real_.station.prefix, "000000");
            type("code", unknown->symbols());
            press("ask");
        },
        [this] { return at("follow_not_arrived"); });
    for (const auto kind : {ProblemKind::NoNetwork, ProblemKind::Timeout, ProblemKind::NotTheGateway,
                            ProblemKind::ServerFault, ProblemKind::TooManyRequests, ProblemKind::Forbidden})
        stop(
            "follow-problem-" + std::string(base::name(kind)),
            [this, kind] {
                homeAgain();
                auto services = real_;
                services.status = failing(kind);
                kiosk_.useServices(services);
                press("tile.follow");
                type("code", code_);
                press("ask");
            },
            [this] { return at("follow_problem"); });
}

}  // namespace tram::shell
