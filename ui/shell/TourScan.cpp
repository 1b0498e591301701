#include "ui/shell/StagedCamera.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using device::CameraEvents;

namespace {

void see(const CameraEvents& events, std::initializer_list<const char*> texts) {
    device::CodesInView codes;
    for (const char* text : texts) {
        auto code = std::make_shared<sight::Code>();
        code->text = base::SecretText(text);
        codes.push_back(std::move(code));
    }
    events.codes(codes);
}

}  // namespace

void Tour::lookAt(std::function<void(const CameraEvents&)> scene) {
    homeAgain();
    auto camera = std::make_shared<StagedCamera>();
    camera->scene = std::move(scene);
    auto services = real_;
    services.camera = camera;
    kiosk_.useServices(services);
    press("tile.scan");
}

void Tour::planScan() {
    struct Page {
        const char* name;
        const char* screen;
        std::function<void(const CameraEvents&)> scene;
    };
    const auto seen = [](const char* text) {
        return [text](const CameraEvents& events) { see(events, {text}); };
    };
    const Page pages[] = {
        {"scan-looking", "scan_looking", nullptr},
        {"scan-hint", "scan_looking",
         [](const CameraEvents& events) { events.hint(sight::Hint::LessLight); }},
        {"scan-several", "scan_looking",
         [](const CameraEvents& events) { see(events, {"H29.25-260310-0420", "H29.25-260310-0421"}); }},
        {"scan-card", "scan_citizen_card",
         seen("079190001234||Nguyễn Thị Lan|15051990|Nữ|12 Nguyễn Trãi|10052021")},
        {"scan-insurance", "scan_health_insurance_card",
         seen("4797900012|4c616e|15/05/1990|2|3132|79 - 025|01/01/2025|-|01/01/2025")},
        {"scan-card-doubtful", "scan_citizen_card_doubtful",
         seen("079190001234||Nguyễn Thị Lan|15051990|Nam|12 Nguyễn Trãi|10052021")},
        {"scan-unknown", "scan_unknown", seen("https://elsewhere.example")}};
    for (const auto& page : pages)
        stop(
            page.name, [this, scene = page.scene] { lookAt(scene); },
            [this, screen = page.screen] { return at(screen); });
    for (const auto kind : {ProblemKind::CameraMissing, ProblemKind::CameraBusy, ProblemKind::CameraBlack,
                            ProblemKind::CameraFrozen, ProblemKind::CameraUnfit, ProblemKind::CameraFailed})
        stop(
            "scan-problem-" + std::string(base::name(kind)),
            [this, kind] { lookAt([kind](const CameraEvents& events) { events.problem({kind, {}}); }); },
            [this] { return at("scan_problem"); });
    stop("scan-typing", [this] { press("type"); }, [this] { return at("scan_typing"); });
    stop("scan-typing-slip", [this] {
        type("code", "H29.25-260310-042");
        press("read");
    });
}

}  // namespace tram::shell
