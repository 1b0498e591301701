#include <wx/image.h>
#include <wx/mstream.h>

#include <array>

#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/staff/DevicesPage.h"
#include "ui/screens/staff/PapersPage.h"
#include "ui/screens/staff/QueuePage.h"
#include "ui/shell/StagedCamera.h"
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

/// A table, and perhaps a sheet with lines of print on it, as if it had just been taken.
device::Camera::Taken tableTaken(bool sheet) {
    constexpr int kWidth = 1280, kHeight = 960, kLines = 14;
    wxImage table(kWidth, kHeight);
    table.SetRGB(wxRect(0, 0, kWidth, kHeight), 100, 80, 60);
    const wxRect paper(360, 84, 560, 792);
    if (sheet) table.SetRGB(paper, 245, 242, 240);
    for (int line = 0; sheet && line < kLines; ++line)
        table.SetRGB(wxRect(paper.x + 60, paper.y + 80 + line * 44, line % 4 == 3 ? 220 : 430, 12), 40, 40,
                     45);
    if (!wxImage::FindHandler(wxBITMAP_TYPE_JPEG)) wxImage::AddHandler(new wxJPEGHandler);
    wxMemoryOutputStream stream;
    table.SaveFile(stream, wxBITMAP_TYPE_JPEG);
    std::vector<unsigned char> bytes(stream.GetSize());
    stream.CopyTo(bytes.data(), bytes.size());
    return {base::SecretBytes(std::move(bytes)), {}, kWidth, kHeight};
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

/// The next press takes that.
void Tour::takesPapers(bool sheet) {
    auto camera = std::make_shared<StagedCamera>();
    camera->picture = [sheet] { return tableTaken(sheet); };
    auto services = kiosk_.services();
    services.camera = camera;
    kiosk_.useServices(services);
    static_cast<screens::StaffScreen&>(kiosk_.screen()).show(StaffSection::Papers);
    kiosk_.drawNow();
}

void Tour::planPapers() {
    stop(
        "staff-papers-closed",
        [this] {
            onDuty(wire::StaffRole::Helper);
            takesPapers(true);
        },
        [this] { return at("staff_papers") && shows("papers.ask"); });
    stop(
        "staff-papers",
        [this] {
            press("papers.ask");
            press("agree");
        },
        [this] { return at("staff_papers") && shows("papers.take"); });
    stop("staff-papers-captured", [this] { press("papers.take"); }, [this] { return shows("papers.keep"); });
    stop("staff-papers-kept", [this] { press("papers.keep"); }, [this] { return shows("page.1"); });
    stop("staff-papers-chosen", [this] { press("page.1"); }, [this] { return shows("page.remove"); });
    stop(
        "staff-papers-no-page",
        [this] {
            takesPapers(false);
            press("papers.take");
        },
        [this] {
            auto& page = static_cast<screens::StaffScreen&>(kiosk_.screen()).page();
            return std::holds_alternative<papers::situation::Failed>(
                static_cast<screens::PapersPage&>(page).flow().state());
        });
    stop(
        "staff-papers-attached", [this] { press("papers.attach"); }, [this] { return at("feedback_field"); });
    stop(
        "staff-papers-over",
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
