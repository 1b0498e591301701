#include <array>

#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/staff/DevicesPage.h"
#include "ui/screens/staff/QueuePage.h"
#include "ui/shell/StagedPrinter.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using doctor::Finding;
using doctor::Part;
using doctor::Verdict;
using screens::StaffSection;

namespace {

constexpr std::size_t kKilo = 1000;

outbox::Item waiting(const screens::Services& services, std::string kind, int minutes,
                     std::size_t kilobytes) {
    const auto kept = services.clock.wall() - std::chrono::minutes(minutes);
    outbox::Item item{.id = base::Uuid::v7(kept), .kind = std::move(kind)};
    item.envelope = std::string(kilobytes * kKilo, 'x');
    item.keptAt = kept;
    return item;
}

/// One of each: never tried, refused, put aside.
std::shared_ptr<outbox::OutboxStore> queueOf(const screens::Services& services) {
    auto store = std::make_shared<outbox::MemoryOutboxStore>();
    const auto refused = waiting(services, "survey.answer", 190, 2),
               aside = waiting(services, "feedback.report", 4000, 640);
    for (const auto& item :
         {waiting(services, "feedback.report", 4, 2100), waiting(services, "rating.give", 11, 1),
          waiting(services, "survey.answer", 14, 2), refused, aside})
        store->add(item);
    store->markBegun({refused.id, aside.id});
    store->markNeedsAttention(refused.id, "refused_malformed");
    store->setAside(aside.id, outbox::AsideReason::Withdrawn);
    return store;
}

screens::StaffView supervisor(std::string name = "Thành viên Tổ công nghệ số cộng đồng 03") {
    return {.name = std::move(name), .unit = "Khu phố 3", .role = wire::StaffRole::Supervisor, .waiting = 5};
}

Finding found(Part part) {
    switch (part) {
        case Part::Camera:
            return {"camera", "slow", Verdict::Warning, {{"frames", "6"}}, {}};
        case Part::Printer:
            return doctor::bad("printer", {ProblemKind::PrinterPaperOut, {}});
        case Part::Network:
            return {"network", "none", Verdict::Bad, {}, {}};
        case Part::Gateway:
            return doctor::bad("gateway", {ProblemKind::NoNetwork, {}});
        case Part::Clock:
            return {"clock", "unknown", Verdict::Warning, {}, {}};
        case Part::Store:
            return doctor::good("store", {{"waiting", "5"}});
        case Part::Content:
            break;
    }
    return doctor::good("content", {{"days", "2"}});
}

}  // namespace

void Tour::opensStaff(screens::StaffView who, StaffSection first) {
    homeAgain();
    useMemoryOutbox(queueOf(real_));
    auto services = kiosk_.services();
    services.printer =
        std::make_shared<StagedPrinter>(device::PrintState{device::PrintState::Stage::Done, {}});
    kiosk_.useServices(services);
    screens::StaffScreen::Setup setup{.who = [who] { return who; }, .first = first};
    setup.pages[StaffSection::Queue] = [this, who] {
        return std::make_unique<screens::QueuePage>(kiosk_, who.role, nullptr);
    };
    setup.pages[StaffSection::Devices] = [this, who] {
        return std::make_unique<screens::DevicesPage>(
            kiosk_, who, screens::DevicesPage::Calls{.examine = found, .leaveFullScreen = [] {}});
    };
    setup.onLock = [this] { kiosk_.back(); };
    kiosk_.open(std::make_unique<screens::StaffScreen>(kiosk_, std::move(setup)));
}

/// Somebody on duty, whose lock and badge are the demo's; the log they leave is the tour's own.
void Tour::onDuty(wire::StaffRole role) {
    homeAgain();
    auto& duty = *kiosk_.services().duty;
    if (duty.session()) duty.end("asked");
    duty.begin({{"S-DEMO0001", "Nguyễn Thị Thử", "Tổ công nghệ số cộng đồng 03", role},
                assist::SignedInBy::CodeAndPin,
                {},
                {},
                kiosk_.services().clock.boot()});
    kiosk_.openStaff();
}

void Tour::planDuty() {
    stop(
        "staff-badge",
        [this] {
            homeAgain();
            kiosk_.signInStaff({});
        },
        [this] { return at("staff_badge"); });
    stop("staff-code", [this] { press("code.instead"); }, [this] { return at("staff_code"); });
    stop(
        "staff-refused",
        [this] {
            homeAgain();
            kiosk_.signInStaff(base::SecretText("TRAMBADGE1:00000000000000000000000000"));
        },
        [this] { return at("staff_refused"); });
    stop("staff-help", [this] { onDuty(wire::StaffRole::Supervisor); }, [this] { return at("staff_help"); });
    stop("staff-consent", [this] { press("way.feedback"); }, [this] { return at("staff_consent"); });
    stop("staff-errand", [this] { press("agree"); }, [this] { return at("feedback_field"); });
    stop("staff-help-file", [this] { kiosk_.back(); }, [this] { return shows("file"); });
    stop(
        "staff-log", [this] { static_cast<screens::StaffScreen&>(kiosk_.screen()).show(StaffSection::Log); },
        [this] { return at("staff_log"); });
    stop("staff-locked", [this] { kiosk_.lockStaff(); }, [this] { return at("staff_code"); });
    stop(
        "staff-over",
        [this] {
            kiosk_.services().duty->end("asked");
            homeAgain();
        },
        [this] { return at("home"); });
}

void Tour::planStaff() {
    const auto listed = [this] { return at("staff_queue") && shows("item.1.state"); };
    stop("staff-queue", [this] { opensStaff(supervisor(), StaffSection::Queue); }, listed);
    stop(
        "staff-queue-offline", [this] { kiosk_.force({.link = device::AgentState::Link::Offline}); }, listed);
    stop(
        "staff-queue-aside", [this] { press("item.1.aside"); },
        [this] { return shows("item.1.aside_withdrawn"); });
    if (kiosk_.theme().textPercent() > 125) {
        stop(
            "staff-sections", [this] { press("staff.sections"); }, [this] { return shows("section.queue"); });
    }
    stop(
        "staff-devices", [this] { opensStaff(supervisor(), StaffSection::Devices); },
        [this] { return at("staff_devices"); });
    stop(
        "staff-devices-tested", [this] { press("devices.all"); },
        [this] {
            return shows("device.content.state") && shows("device.network.do") && shows("device.printer.do");
        });
    stop("staff-devices-leaving", [this] { press("devices.leave"); }, [this] { return shows("devices.go"); });
    stop(
        "staff-long-name",
        [this] {
            opensStaff(supervisor("Nguyễn Tôn Nữ Hoàng Phương Thảo Nguyên, Trung tâm Phục vụ hành chính "
                                  "công phường Bàn Cờ, quầy 12 tầng hai"),
                       StaffSection::Devices);
        },
        [this] { return at("staff_devices"); });
}

}  // namespace tram::shell
